import Record
import Vocabulary

/// The figures of one latency, in ns.
public struct LatencySummary: Codable, Equatable, Sendable {
    /// How many spans were recorded.
    public var count: UInt64
    /// The median.
    public var p50: Nanoseconds
    /// The 90th percentile.
    public var p90: Nanoseconds
    /// The 99th percentile.
    public var p99: Nanoseconds
    /// The 99.9th percentile.
    public var p999: Nanoseconds
    /// The largest.
    public var max: Nanoseconds

    /// What share of the attempts failed before it could be measured, 0 to 1, so that no figure here counts them; nil
    /// where none did.
    public var unreached: Double?

    /// The figures of a histogram; nil where it is empty.
    public init?(_ histogram: LatencyHistogram) {
        guard let p50 = histogram.value(atPercentile: 50), let p90 = histogram.value(atPercentile: 90),
            let p99 = histogram.value(atPercentile: 99), let p999 = histogram.value(atPercentile: 99.9)
        else { return nil }
        self.count = histogram.count
        self.p50 = p50
        self.p90 = p90
        self.p99 = p99
        self.p999 = p999
        self.max = histogram.largest
    }
}
