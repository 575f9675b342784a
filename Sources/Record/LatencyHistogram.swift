import Histogram
import Vocabulary

/// Spans of time in a HdrHistogram: 1 µs to 1 hour in three significant digits; longer ones count as an hour.
public struct LatencyHistogram: Equatable, Sendable {
    /// The longest span that is told apart, in ns.
    public static let longest: Nanoseconds = 3_600 * .perSecond

    private var histogram: Histogram<UInt64>
    /// The largest span recorded, exactly, in ns.
    public private(set) var largest: Nanoseconds = 0

    /// An empty histogram.
    public init() {
        histogram = Histogram(
            lowestDiscernibleValue: 1_000,
            highestTrackableValue: Self.longest,
            numberOfSignificantValueDigits: .three
        )
    }

    /// How many spans were recorded.
    public var count: UInt64 { histogram.totalCount }

    /// Whether nothing was recorded.
    public var isEmpty: Bool { count == 0 }

    /// Records one span, in ns, without allocating.
    public mutating func record(_ span: Nanoseconds) {
        histogram.record(min(span, Self.longest))
        if span > largest { largest = span }
    }

    /// Records a span several times.
    public mutating func record(_ span: Nanoseconds, count: UInt64) {
        histogram.record(min(span, Self.longest), count: count)
        if span > largest { largest = span }
    }

    /// The span that a share of the recorded ones does not exceed, in ns.
    ///
    /// - Parameter percentile: 0 to 100.
    /// - Returns: nil where nothing was recorded.
    public func value(atPercentile percentile: Double) -> Nanoseconds? {
        isEmpty ? nil : min(histogram.valueAtPercentile(percentile), largest)
    }

    /// The mean, in ns; nil where nothing was recorded.
    public var mean: Double? { isEmpty ? nil : histogram.mean }

    /// Adds another's spans.
    public mutating func merge(_ other: LatencyHistogram) {
        guard !other.isEmpty else { return }
        histogram.add(other.histogram)
        largest = max(largest, other.largest)
    }

    /// The recorded spans, each with its count, from short to long.
    public var buckets: [(value: Nanoseconds, count: UInt64)] {
        histogram.recordedValues().map { ($0.value, $0.countAddedInThisIterationStep) }
    }
}

extension LatencyHistogram: Codable {
    private enum CodingKeys: String, CodingKey { case max, buckets }

    /// Writes the filled buckets only.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(largest, forKey: .max)
        try container.encode(buckets.map { [$0.value, $0.count] }, forKey: .buckets)
    }

    /// Reads what ``encode(to:)`` wrote.
    ///
    /// - Throws: `DecodingError` where a bucket is not a pair.
    public init(from decoder: any Decoder) throws {
        self.init()
        let container = try decoder.container(keyedBy: CodingKeys.self)
        for pair in try container.decode([[UInt64]].self, forKey: .buckets) {
            guard pair.count == 2 else {
                throw DecodingError.dataCorruptedError(
                    forKey: .buckets,
                    in: container,
                    debugDescription: "a bucket is a value and a count"
                )
            }
            histogram.record(min(pair[0], Self.longest), count: pair[1])
        }
        largest = try container.decode(UInt64.self, forKey: .max)
    }
}
