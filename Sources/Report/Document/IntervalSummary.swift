import Record
import Vocabulary

/// The figures of a span that is judged by its tail, in ns.
public struct IntervalSummary: Codable, Equatable, Sendable {
    /// The median.
    public var p50: Nanoseconds
    /// The 99th percentile.
    public var p99: Nanoseconds
    /// The largest.
    public var max: Nanoseconds

    /// The figures of a histogram; nil where it is empty.
    public init?(_ histogram: LatencyHistogram) {
        guard let p50 = histogram.value(atPercentile: 50), let p99 = histogram.value(atPercentile: 99) else {
            return nil
        }
        self.p50 = p50
        self.p99 = p99
        self.max = histogram.largest
    }
}
