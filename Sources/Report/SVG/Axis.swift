import Glibc

/// A scale with labelled ticks.
struct Axis {
    /// A labelled position.
    struct Tick: Equatable {
        /// The value.
        let value: Double
        /// Its label.
        let label: String
    }

    /// The value at the start.
    let lower: Double
    /// The value at the end; above the start.
    let upper: Double
    /// Whether equal distances are equal ratios.
    let logarithmic: Bool
    /// The ticks, in order.
    let ticks: [Tick]

    /// Where a value lies: 0 at the start, 1 at the end; values outside are clamped.
    func fraction(_ value: Double) -> Double {
        let share =
            if logarithmic {
                (log10(max(value, lower)) - log10(lower)) / (log10(upper) - log10(lower))
            } else {
                (value - lower) / (upper - lower)
            }
        return share.isFinite ? min(max(share, 0), 1) : 0
    }
}
