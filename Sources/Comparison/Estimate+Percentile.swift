import Record
import Verdict
import Vocabulary

extension Estimate {
    /// A percentile, with the interval that order statistics give it.
    ///
    /// It assumes nothing of how the spans are distributed (David and Nagaraja, "Order Statistics", 2003, chapter 7.1).
    /// Of `n` independent spans, the count of those below the true percentile `p` is binomial, so that with 95%
    /// probability the percentile lies between the spans of the ranks
    ///
    ///     l = ⌊np − z √(np(1−p))⌋  and  u = ⌈np + z √(np(1−p))⌉ + 1,  z = 1.96
    ///
    /// widened to the ends of the histogram's buckets. Where `u` is past the last span, the upper end is not known: too
    /// few spans lie beyond the percentile. Spans that follow one another closely are alike, and vary by more than this.
    ///
    /// - Parameter percentile: more than 0, less than 100.
    /// - Returns: nil where nothing was recorded.
    static func percentile(_ percentile: Double, of histogram: LatencyHistogram) -> Estimate? {
        guard let value = histogram.value(atPercentile: percentile) else { return nil }
        let n = Double(histogram.count)
        let p = percentile / 100
        let spread = RateInterval.quantile * (n * p * (1 - p)).squareRoot()
        let lower = max(1, (n * p - spread).rounded(.down))
        let upper = (n * p + spread).rounded(.up) + 1
        let buckets = histogram.buckets
        let low = bucket(ofRank: lower, in: buckets).map { Double(HistogramLayout.lowest(of: $0)) }
        let high = upper > n ? nil : bucket(ofRank: upper, in: buckets).map { Double(min($0, histogram.largest)) }
        return Estimate(
            Double(value),
            low: low.map { min($0, Double(value)) },
            high: high.map { max($0, Double(value)) }
        )
    }

    private static func bucket(
        ofRank rank: Double,
        in buckets: [(value: Nanoseconds, count: UInt64)]
    ) -> Nanoseconds? {
        var count = 0.0
        for bucket in buckets {
            count += Double(bucket.count)
            if count >= rank { return bucket.value }
        }
        return nil
    }
}
