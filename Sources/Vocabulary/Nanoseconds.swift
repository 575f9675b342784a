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
