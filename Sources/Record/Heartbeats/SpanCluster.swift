import Vocabulary

/// Spans that lie close together, and hold most of a histogram's.
public struct SpanCluster: Equatable, Sendable {
    /// The shortest of them, in ns.
    public var low: Nanoseconds
    /// The one in their middle, in ns.
    public var typical: Nanoseconds
    /// The longest of them, in ns.
    public var high: Nanoseconds
    /// How many they are.
    public var count: UInt64

    /// How far apart they are, in ns.
    public var width: Nanoseconds { high - low }
}

extension LatencyHistogram {
    /// The window of some relative width that holds the most spans.
    ///
    /// - Parameters:
    ///   - spread: how far apart they may be, as a share of the longest.
    ///   - share: the share of all spans that they must be.
    ///   - fewest: the fewest of them.
    /// - Returns: nil where no window holds so many.
    public func densest(spread: Double, share: Double, fewest: UInt64) -> SpanCluster? {
        let buckets = buckets
        var (first, inside): (Int, UInt64) = (0, 0)
        var best: (range: ClosedRange<Int>, count: UInt64)?
        for (last, bucket) in buckets.enumerated() {
            inside += bucket.count
            while Double(buckets[first].value) < Double(bucket.value) * (1 - spread) {
                inside -= buckets[first].count
                first += 1
            }
            if inside > best?.count ?? 0 { best = (first...last, inside) }
        }
        guard let best, best.count >= fewest, Double(best.count) >= share * Double(count) else { return nil }
        let spans = buckets[best.range]
        var seen: UInt64 = 0
        let middle = spans.first { span in
            seen += span.count
            return 2 * seen >= best.count
        }
        guard let low = spans.first, let high = spans.last, let middle else { return nil }
        // A bucket's value is its upper end, which may be more than was ever recorded.
        return SpanCluster(
            low: min(low.value, largest),
            typical: min(middle.value, largest),
            high: min(high.value, largest),
            count: best.count
        )
    }

    /// How many spans are longer than one, in ns.
    public func count(above span: Nanoseconds) -> UInt64 {
        buckets.reduce(0) { $1.value > span ? $0 + $1.count : $0 }
    }
}
