/// A span of time, or a moment of the monotonic clock, in nanoseconds.
public typealias Nanoseconds = UInt64

extension Nanoseconds {
    /// Nanoseconds in a microsecond.
    public static let perMicrosecond: Nanoseconds = 1_000
    /// Nanoseconds in a millisecond.
    public static let perMillisecond: Nanoseconds = 1_000_000
    /// Nanoseconds in a second.
    public static let perSecond: Nanoseconds = 1_000_000_000

    /// The span in seconds.
    public var inSeconds: Double { Double(self) / 1e9 }

    /// Nanoseconds from seconds; negative, NaN and too large values are clamped.
    public init(seconds: Double) {
        let count = seconds * 1e9
        if count.isNaN || count <= 0 {
            self = 0
        } else if count >= Double(UInt64.max) {
            self = .max
        } else {
            self = UInt64(count.rounded())
        }
    }
}

/// Durations as people write them: `250ms`, `2s`, `5m`.
public enum DurationText {
    /// The units, with their nanoseconds, as a profile may write them.
    public static let units: [(suffix: String, nanoseconds: Nanoseconds)] = [
        ("ns", 1), ("us", 1_000), ("µs", 1_000), ("ms", 1_000_000), ("s", 1_000_000_000),
        ("m", 60_000_000_000), ("h", 3_600_000_000_000),
    ]

    /// Reads a number and its unit: `1.5s`; a bare `0` needs no unit.
    ///
    /// - Returns: nanoseconds, or nil where the text is no duration.
    public static func parse(_ text: String) -> Nanoseconds? {
        if text == "0" { return 0 }
        let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let suffix = text.dropFirst(number.count)
        guard let value = Double(number), let unit = units.first(where: { $0.suffix == suffix }) else { return nil }
        let count = value * Double(unit.nanoseconds)
        guard count.isFinite, count < 9e18 else { return nil }
        return Nanoseconds(count.rounded())
    }

    /// A duration in three significant digits with the unit that reads best: `1.25 ms`, `60.0 s`.
    public static func format(_ duration: Nanoseconds) -> String {
        let value = Double(duration)
        switch duration {
        case 0: return "0 s"
        case ..<1_000: return "\(duration) ns"
        case ..<999_500: return NumberText.threeDigits(value / 1e3) + " µs"
        case ..<999_500_000: return NumberText.threeDigits(value / 1e6) + " ms"
        case ..<600_000_000_000: return NumberText.threeDigits(value / 1e9) + " s"
        default: return NumberText.threeDigits(value / 60e9) + " min"
        }
    }
}
