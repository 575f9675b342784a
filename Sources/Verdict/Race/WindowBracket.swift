/// Where the ends of a window must lie, by the nearest batches inside and outside of it.
struct WindowBracket {
    /// The share of the best batch's leaks below which a batch lies outside.
    private static let outsideShare = 0.4
    /// How close an end must be bracketed before the window is fitted, as a share of its width.
    private static let closeShare = 0.3
    /// How close an end must be bracketed in any case, in µs: two ticks of the drops' timers.
    private static let closest = 16.0

    /// The last delay outside below the window and the first one inside, in µs; nil where the window is open.
    let low: (outside: Double, inside: Double)?
    /// The last delay inside and the first one outside above the window, in µs; nil where the window is open.
    let high: (inside: Double, outside: Double)?
    /// The share of the leaks among the drops inside.
    let share: Double

    /// The bracket around the batch that leaked most; nil where none leaked.
    init?(_ points: [RacePoint]) {
        let sorted = points.sorted { $0.delay < $1.delay }
        guard let best = sorted.indices.max(by: { sorted[$0].share < sorted[$1].share }), sorted[best].leaked > 0 else {
            return nil
        }
        let least = Self.outsideShare * sorted[best].share
        let below = sorted[..<best].lastIndex { $0.share < least }
        let above = sorted[best...].firstIndex { $0.share < least }
        low = below.map { (sorted[$0].delay, sorted[$0 + 1].delay) }
        high = above.map { (sorted[$0 - 1].delay, sorted[$0].delay) }
        let inside = sorted[((below ?? -1) + 1)..<(above ?? sorted.count)]
        share = inside.reduce(0) { $0 + $1.leaked } / inside.reduce(0) { $0 + $1.drops }
    }

    /// Where the lower end is guessed, in µs; nil where the window is open.
    var middleLow: Double? { low.map { ($0.outside + $0.inside) / 2 } }

    /// Where the upper end is guessed, in µs; nil where the window is open.
    var middleHigh: Double? { high.map { ($0.inside + $0.outside) / 2 } }

    /// The delays that halve the gaps which are too wide for a fit, in µs.
    ///
    /// - Parameter range: the delays that are tried, in µs.
    func halving(within range: ClosedRange<Double>) -> [Double] {
        let width = (middleHigh ?? range.upperBound) - (middleLow ?? range.lowerBound)
        let close = max(Self.closest, Self.closeShare * width)
        var delays: [Double] = []
        if let low, low.inside - low.outside > close { delays.append((low.inside + low.outside) / 2) }
        if let high, high.outside - high.inside > close { delays.append((high.inside + high.outside) / 2) }
        return delays
    }

    /// The window to begin a fit with.
    ///
    /// - Parameter range: the delays that are tried, in µs.
    func guess(within range: ClosedRange<Double>) -> WindowModel {
        let gaps = [low.map { $0.inside - $0.outside }, high.map { $0.outside - $0.inside }].compactMap(\.self)
        return WindowModel(
            low: middleLow,
            high: middleHigh,
            blur: min(max((gaps.max() ?? 16) / 4, 2), range.upperBound),
            share: min(max(share, 0.02), 0.999),
            background: 0.005
        )
    }
}
