import Glibc

extension Axis {
    /// A logarithmic axis around two values above zero: decades, and where these are few, 2 and 5 between them.
    static func logarithmic(from lowest: Double, to highest: Double, unit: String) -> Axis {
        let lowest = lowest.isFinite && lowest > 0 ? lowest : 1
        let highest = highest.isFinite && highest > lowest ? highest : lowest
        let multiples: [Double] = highest / lowest > 300 ? [1] : [1, 2, 5]
        let first = Int(log10(lowest).rounded(.down))
        let last = Int(log10(highest).rounded(.down)) + 1
        let marks = (first...last).flatMap { power in multiples.map { $0 * pow(10, Double(power)) } }
        let lower = marks.last { $0 <= lowest * 1.000_001 } ?? lowest
        let upper = marks.first { $0 >= highest && $0 > lower } ?? lower * 10
        return Axis(
            lower: lower,
            upper: upper,
            logarithmic: true,
            ticks: marks.filter { $0 >= lower && $0 <= upper }.map {
                Tick(value: $0, label: AxisLabel.text($0, unit: unit))
            }
        )
    }

    /// An axis of percentiles on which each further nine takes the same room.
    ///
    /// Positions are ``position(ofPercentile:)``.
    ///
    /// - Parameter count: how many spans were recorded; the axis ends where the largest of them lies.
    static func percentiles(count: UInt64) -> Axis {
        let all: [(Double, String)] = [
            (0, "0"), (50, "p50"), (90, "p90"), (99, "p99"), (99.9, "p99.9"), (99.99, "p99.99"), (99.999, "p99.999"),
            (99.9999, "p99.9999"),
        ]
        let upper = max(min(log10(Double(max(count, 1))), 6), 1)
        return Axis(
            lower: 0,
            upper: upper,
            logarithmic: false,
            ticks: all.map { Tick(value: position(ofPercentile: $0.0), label: $0.1) }.filter {
                $0.value <= upper + 1e-9
            }
        )
    }

    /// Where a percentile below 100 lies: the count of its nines, `log10(100 / (100 - p))`.
    static func position(ofPercentile percentile: Double) -> Double { log10(100 / (100 - percentile)) }

    /// The percentile at a position.
    static func percentile(atPosition position: Double) -> Double { 100 - 100 / pow(10, position) }
}
