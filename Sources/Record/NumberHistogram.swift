import Vocabulary

/// Numbers in a HdrHistogram: 0.001 to 3.6 million in three significant digits; larger ones count as the largest.
public struct NumberHistogram: Codable, Equatable, Mergeable, Sendable {
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

/// Spans of time that may be negative, in ns, in the buckets of a ``LatencyHistogram``.
public struct SignedHistogram: Codable, Equatable, Sendable {
    /// The spans from zero up.
    public var positive = LatencyHistogram()
    /// The spans below zero, without their sign.
    public var negative = LatencyHistogram()

    /// An empty histogram.
    public init() {}

    /// How many spans were recorded.
    public var count: UInt64 { positive.count + negative.count }

    /// Records one span, in ns.
    public mutating func record(_ span: Double) {
        guard span.isFinite else { return }
        let length = Nanoseconds(min(span.magnitude, Double(LatencyHistogram.longest)))
        if span < 0 { negative.record(length) } else { positive.record(length) }
    }

    /// Adds another's spans.
    public mutating func merge(_ other: SignedHistogram) {
        positive.merge(other.positive)
        negative.merge(other.negative)
    }

    /// The span that a share of the recorded ones does not exceed, in ns.
    ///
    /// - Parameter percentile: 0 to 100.
    /// - Returns: nil where nothing was recorded.
    public func value(atPercentile percentile: Double) -> Double? {
        guard count > 0 else { return nil }
        let rank = Double(count) * percentile / 100
        let below = Double(negative.count)
        guard rank >= below, !positive.isEmpty else {
            // The most negative come first, so that ranks count from the other end.
            let share = max(0, below - rank) / below * 100
            return negative.value(atPercentile: share).map { -Double($0) }
        }
        return positive.value(atPercentile: (rank - below) / Double(positive.count) * 100).map { Double($0) }
    }
}
