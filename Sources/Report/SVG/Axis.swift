import Glibc
import Vocabulary

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

extension Axis {
    /// About how many steps an axis has.
    static let wantedSteps = 4.0

    /// An axis from zero to at least a value, in steps of 1, 2 or 5 times a power of ten (of two, for bytes).
    static func values(upTo highest: Double, unit: String) -> Axis {
        let highest = highest.isFinite && highest > 1e-9 ? highest : 1
        var step = unit == "bytes" ? binaryStep(highest / wantedSteps) : decimalStep(highest / wantedSteps)
        if unit == "streams" || unit == "count" { step = max(step, 1) }
        let steps = max((highest / step).rounded(.up), 1)
        return Axis(
            lower: 0,
            upper: steps * step,
            logarithmic: false,
            ticks: (0...Int(steps)).map { index in
                Tick(value: Double(index) * step, label: AxisLabel.text(Double(index) * step, unit: unit))
            }
        )
    }

    /// An axis of seconds from zero to an end, in steps that people count time in.
    static func time(upTo end: Double) -> Axis {
        let end = end.isFinite && end > 0 ? end : 1
        let wanted = end / 6
        let steps: [Double] = [
            0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 21_600, 43_200,
        ]
        let step = steps.first { $0 >= wanted } ?? decimalStep(wanted)
        return Axis(
            lower: 0,
            upper: end,
            logarithmic: false,
            ticks: (0...Int((end / step).rounded(.down))).map { index in
                Tick(value: Double(index) * step, label: AxisLabel.time(Double(index) * step))
            }
        )
    }

    /// An axis from one value to another, with ticks at multiples of 1, 2 or 5 times a power of ten.
    static func between(_ lowest: Double, _ highest: Double, unit: String) -> Axis {
        let lowest = lowest.isFinite ? lowest : 0
        let highest = highest.isFinite && highest > lowest ? highest : lowest + 1
        let step = decimalStep((highest - lowest) / wantedSteps)
        let first = (lowest / step).rounded(.up)
        let count = Int(max(0, (highest / step).rounded(.down) - first)) + 1
        return Axis(
            lower: lowest,
            upper: highest,
            logarithmic: false,
            ticks: (0..<count).map { index in
                let value = (first + Double(index)) * step
                return Tick(value: value, label: AxisLabel.text(value, unit: unit))
            }
        )
    }

    private static func decimalStep(_ wanted: Double) -> Double {
        let power = pow(10, log10(wanted).rounded(.down))
        return (([1, 2, 5].first { $0 * power >= wanted * 0.999 }) ?? 10) * power
    }

    private static func binaryStep(_ wanted: Double) -> Double {
        pow(2, log2(max(wanted, 1)).rounded(.up))
    }
}

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

/// Labels of ticks: short, without needless zeros.
enum AxisLabel {
    /// A value in a unit: `2k`, `1.5 GiB`, `200 µs`.
    static func text(_ value: Double, unit: String) -> String {
        switch unit {
        case "bytes": scaled(value, by: 1_024, from: ["B", "KiB", "MiB", "GiB", "TiB"])
        case "ns" where value >= 60e9: trimmed(value / 60e9) + " min"
        case "ns": scaled(value, by: 1_000, from: ["ns", "µs", "ms", "s"])
        default: scaled(value, by: 1_000, from: ["", "k", "M", "G", "T"]).replacing(" ", with: "")
        }
    }

    /// Seconds since the run's start: `30 s`, `1:30`, `2:00:00`.
    static func time(_ seconds: Double) -> String {
        guard seconds >= 60, let whole = Int(exactly: seconds.rounded()) else { return trimmed(seconds) + " s" }
        let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
        let minutes = "\(two(whole % 60))"
        return whole < 3_600 ? "\(whole / 60):\(minutes)" : "\(whole / 3_600):\(two(whole / 60 % 60)):\(minutes)"
    }

    private static func scaled(_ value: Double, by factor: Double, from units: [String]) -> String {
        guard value != 0 else { return "0" }
        var value = value
        var left = units[...]
        while left.count > 1, abs(value) >= factor * 0.999_999 {
            value /= factor
            left.removeFirst()
        }
        return trimmed(value) + " " + (left.first ?? "")
    }

    private static func trimmed(_ value: Double) -> String {
        var text = NumberText.threeDigits(value)
        guard text.contains("."), !text.contains("e") else { return text }
        while text.hasSuffix("0") { text.removeLast() }
        return text.trimmingSuffix(".")
    }
}
