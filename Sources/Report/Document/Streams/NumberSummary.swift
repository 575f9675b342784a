import Record

/// The figures of numbers that streams were counted by.
public struct NumberSummary: Codable, Equatable, Sendable {
    /// How many numbers were recorded.
    public var count: UInt64
    /// The number that 99% exceed.
    public var p1: Double
    /// The number that 95% exceed.
    public var p5: Double
    /// The median.
    public var p50: Double
    /// The 99th percentile.
    public var p99: Double
    /// The largest.
    public var max: Double

    /// The figures of a histogram; nil where it is empty.
    public init?(_ histogram: NumberHistogram) {
        guard let p1 = histogram.value(atPercentile: 1), let p5 = histogram.value(atPercentile: 5),
            let p50 = histogram.value(atPercentile: 50), let p99 = histogram.value(atPercentile: 99),
            let largest = histogram.largest
        else { return nil }
        count = histogram.count
        self.p1 = p1
        self.p5 = p5
        self.p50 = p50
        self.p99 = p99
        max = largest
    }
}
