import Vocabulary

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
