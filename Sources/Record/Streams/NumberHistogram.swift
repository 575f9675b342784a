import Vocabulary

/// Numbers in a HdrHistogram: 0.001 to 3.6 million in three significant digits; larger ones count as the largest.
public struct NumberHistogram: Codable, Equatable, Sendable {
    /// What a number of 1 is in the histogram of spans.
    private static let one = 1_000_000.0

    private var spans = LatencyHistogram()

    /// An empty histogram.
    public init() {}

    /// How many numbers were recorded.
    public var count: UInt64 { spans.count }

    /// Whether nothing was recorded.
    public var isEmpty: Bool { spans.isEmpty }

    /// The largest number recorded; nil where nothing was.
    public var largest: Double? { isEmpty ? nil : Double(spans.largest) / Self.one }

    /// Records one number, at least 0; after the first without allocating.
    public mutating func record(_ number: Double) {
        let scaled = (number * Self.one).rounded()
        spans.record(scaled > 0 ? UInt64(min(scaled, Double(LatencyHistogram.longest))) : 0)
    }

    /// The number that a share of the recorded ones does not exceed, cut off after three significant digits.
    ///
    /// - Parameter percentile: 0 to 100.
    /// - Returns: nil where nothing was recorded.
    public func value(atPercentile percentile: Double) -> Double? {
        spans.value(atPercentile: percentile).map { value in
            var step: UInt64 = 1
            while value / step >= 1_000 { step *= 10 }
            return Double(value / step * step) / Self.one
        }
    }

    /// Adds another's numbers.
    public mutating func merge(_ other: NumberHistogram) { spans.merge(other.spans) }
}
