import Histogram
import Vocabulary

/// Spans of time in a HdrHistogram: 1 µs to 1 hour in three significant digits; longer ones count as an hour.
public struct LatencyHistogram: Equatable, Mergeable, Sendable {
    /// The longest span that is told apart, in ns.
    public static let longest: Nanoseconds = 3_600 * .perSecond

    /// The most spans that a decoded histogram may hold; more are refused, so that no later sum overflows.
    public static let mostDecoded: UInt64 = 1 << 53

    /// Counts of 32 bits, made with the first span, as they take 95 KB and many histograms stay empty.
    private var narrow: Histogram<UInt32>?
    /// Counts of 64 bits, once there are so many spans that one of 32 may not do.
    private var wide: Histogram<UInt64>?
    /// The largest span recorded, exactly, in ns.
    public private(set) var largest: Nanoseconds = 0

    /// Spans from which counts of 64 bits are needed.
    private static let mostNarrow = UInt64(UInt32.max)

    /// An empty histogram.
    public init() {}

    /// How many spans were recorded.
    public var count: UInt64 { narrow?.totalCount ?? wide?.totalCount ?? 0 }

    /// Whether nothing was recorded.
    public var isEmpty: Bool { count == 0 }

    /// Records one span, in ns; after the first without allocating, but for once in 4 billion.
    public mutating func record(_ span: Nanoseconds) {
        if narrow == nil || count >= Self.mostNarrow { return record(span, count: 1) }
        narrow?.record(min(span, Self.longest))
        if span > largest { largest = span }
    }

    /// Records a span several times.
    public mutating func record(_ span: Nanoseconds, count added: UInt64) {
        guard added > 0 else { return }
        makeRoom(for: added)
        narrow?.record(min(span, Self.longest), count: UInt32(truncatingIfNeeded: added))
        wide?.record(min(span, Self.longest), count: added)
        if span > largest { largest = span }
    }

    /// Sees to it that one of both is there, and can count some spans more.
    private mutating func makeRoom(for added: UInt64) {
        if wide != nil { return }
        if added <= Self.mostNarrow, count <= Self.mostNarrow - added {
            if narrow == nil { narrow = Self.empty() }
            return
        }
        var larger: Histogram<UInt64> = Self.empty()
        for (value, count) in buckets { larger.record(min(value, Self.longest), count: count) }
        (narrow, wide) = (nil, larger)
    }

    private static func empty<Count>() -> Histogram<Count> {
        Histogram(
            lowestDiscernibleValue: 1_000,
            highestTrackableValue: longest,
            numberOfSignificantValueDigits: .three
        )
    }

    /// The span that a share of the recorded ones does not exceed, in ns.
    ///
    /// - Parameter percentile: 0 to 100.
    /// - Returns: nil where nothing was recorded.
    public func value(atPercentile percentile: Double) -> Nanoseconds? {
        // The library's percentile 0 is the first span itself, which a decoded histogram does not know.
        let percentile = max(percentile, .leastNonzeroMagnitude)
        let value = narrow?.valueAtPercentile(percentile) ?? wide?.valueAtPercentile(percentile)
        return value.map { min($0, largest) }
    }

    /// The mean, in ns; nil where nothing was recorded.
    public var mean: Double? {
        guard !isEmpty else { return nil }
        let total = buckets.reduce(0.0) { $0 + Double(median(of: $1.value)) * Double($1.count) }
        return total / Double(count)
    }

    private func median(of value: Nanoseconds) -> Nanoseconds {
        narrow?.medianEquivalentForValue(value) ?? wide?.medianEquivalentForValue(value) ?? value
    }

    /// Adds another's spans.
    public mutating func merge(_ other: LatencyHistogram) {
        guard !other.isEmpty else { return }
        if isEmpty {
            (narrow, wide) = (other.narrow, other.wide)
        } else {
            makeRoom(for: other.count)
            if narrow != nil, let others = other.narrow {
                narrow?.add(others)
            } else if wide != nil, let others = other.wide {
                wide?.add(others)
            } else {
                for (value, count) in other.buckets { wide?.record(min(value, Self.longest), count: count) }
            }
        }
        largest = max(largest, other.largest)
    }

    /// Takes memory of its own, which a copy shares until one of the two records.
    package mutating func detach() {
        // Recording nothing writes, and writing copies; the span is one that is there, so that no figure changes.
        if let recorded = narrow?.maxRecorded { narrow?.record(recorded, count: 0) }
        if let recorded = wide?.maxRecorded { wide?.record(recorded, count: 0) }
    }

    /// The recorded spans, each with its count, from short to long.
    ///
    /// The value is the longest span that its bucket holds. The library's own iterator is not used: it sums up
    /// value times count, which overflows on long spans.
    public var buckets: [(value: Nanoseconds, count: UInt64)] {
        narrow.map(Self.buckets) ?? wide.map(Self.buckets) ?? []
    }

    private static func buckets<Count>(of histogram: Histogram<Count>) -> [(value: Nanoseconds, count: UInt64)] {
        var filled: [(value: Nanoseconds, count: UInt64)] = []
        var start: Nanoseconds = 0
        while start <= histogram.max {
            let next = histogram.nextNonEquivalentForValue(start)
            let count = histogram.countForValue(start)
            if count > 0 { filled.append((next - 1, UInt64(count))) }
            start = next
        }
        return filled
    }

    /// The shortest span that counts as the largest one recorded, in ns; nil where nothing was recorded.
    private var lowestOfLargest: Nanoseconds? {
        narrow.map { $0.lowestEquivalentForValue($0.maxRecorded) }
            ?? wide.map { $0.lowestEquivalentForValue($0.maxRecorded) }
    }

    /// Whether two hold the same buckets and the same largest span.
    public static func == (left: LatencyHistogram, right: LatencyHistogram) -> Bool {
        left.count == right.count && left.largest == right.largest
            && left.buckets.elementsEqual(right.buckets) { $0.value == $1.value && $0.count == $1.count }
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
    /// - Throws: `DecodingError` where a bucket is not a pair, the counts exceed ``mostDecoded``, or the largest span
    ///   contradicts the buckets.
    public init(from decoder: any Decoder) throws {
        self.init()
        let container = try decoder.container(keyedBy: CodingKeys.self)
        for pair in try container.decode([[UInt64]].self, forKey: .buckets) {
            guard pair.count == 2 else { throw Self.corrupted(container, "a bucket is a value and a count") }
            guard pair[1] <= Self.mostDecoded, count + pair[1] <= Self.mostDecoded else {
                throw Self.corrupted(container, "the counts exceed \(Self.mostDecoded)")
            }
            record(pair[0], count: pair[1])
        }
        largest = try container.decode(UInt64.self, forKey: .max)
        guard lowestOfLargest.map({ largest >= $0 }) ?? (largest == 0) else {
            throw Self.corrupted(container, "max contradicts the buckets")
        }
    }

    private static func corrupted(_ container: KeyedDecodingContainer<CodingKeys>, _ reason: String) -> DecodingError {
        .dataCorruptedError(forKey: .buckets, in: container, debugDescription: reason)
    }
}

extension LatencyHistogram {
    /// What was recorded since an earlier state of the same histogram.
    ///
    /// Its largest span is exact only where it is the largest of all; else it is that of its bucket.
    public func since(_ earlier: LatencyHistogram) -> LatencyHistogram {
        var later = LatencyHistogram()
        var known = earlier.buckets.makeIterator()
        var next = known.next()
        for bucket in buckets {
            while let passed = next, passed.value < bucket.value { next = known.next() }
            let before = next?.value == bucket.value ? next?.count ?? 0 : 0
            let count = bucket.count > before ? bucket.count - before : 0
            later.record(Swift.min(bucket.value, largest), count: count)
        }
        return later
    }
}

/// How HdrHistogram lays out the counts of a ``LatencyHistogram``: 1 µs to 1 hour in three significant digits.
///
/// A value `v` lies in the bucket `b = ⌊log₂(v | mask)⌋ − 19` (of the unit's 9 bits and the sub-buckets' 10), at the
/// sub-bucket `s = v >> (b + 9)`; its count is the one at `(b + 1) · 1024 + s − 1024`.
package enum HistogramLayout {
    /// The shortest span that is told apart, in ns.
    package static let lowest: Nanoseconds = 1_000
    /// Significant digits.
    package static let digits: Int32 = 3
    /// Sub-buckets of a bucket: the power of two next above twice a thousand.
    package static let subBuckets = 2_048
    /// Buckets up to an hour, each twice as wide as the one before.
    package static var buckets: Int {
        var count = 1
        while Nanoseconds(subBuckets) << (unitMagnitude + count - 1) <= LatencyHistogram.longest { count += 1 }
        return count
    }

    /// The power of two that the shortest span holds.
    private static let unitMagnitude = 9
    private static let halfMagnitude = 10
    private static let mask = Nanoseconds(subBuckets - 1) << unitMagnitude

    /// The place of a value's count.
    package static func index(of value: Nanoseconds) -> Int {
        let bucket = bucket(of: value)
        return (bucket << halfMagnitude) + Int(value >> (bucket + unitMagnitude))
    }

    /// The middle of the values that share a count with the highest of them, in ns.
    package static func middle(of highest: Nanoseconds) -> Double {
        let width = Nanoseconds(1) << (bucket(of: highest) + unitMagnitude)
        return Double(highest + 1 - width / 2)
    }

    /// The lowest of the values that share a count with the highest of them, in ns.
    package static func lowest(of highest: Nanoseconds) -> Nanoseconds {
        highest + 1 - Nanoseconds(1) << (bucket(of: highest) + unitMagnitude)
    }

    private static func bucket(of value: Nanoseconds) -> Int {
        63 - (value | mask).leadingZeroBitCount - unitMagnitude - halfMagnitude
    }
}
