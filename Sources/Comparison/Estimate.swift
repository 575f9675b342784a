import Record
import Verdict
import Vocabulary

/// A figure of one run with its 95% interval: what another run of the same server might have shown by chance.
public struct Estimate: Codable, Equatable, Sendable {
    /// The figure, in its unit.
    public var value: Double
    /// The lower end of the interval; nil where it is not known.
    public var low: Double?
    /// The upper end of the interval; nil where it is not known.
    public var high: Double?

    /// An estimate from its parts.
    public init(_ value: Double, low: Double?, high: Double?) {
        self.value = value
        self.low = low
        self.high = high
    }

    /// A figure without chance in it: any change of it is one.
    public static func exact(_ value: Double) -> Estimate { Estimate(value, low: value, high: value) }

    /// A figure of which one run does not tell how far chance moves it.
    public static func unknown(_ value: Double) -> Estimate { Estimate(value, low: nil, high: nil) }
}

extension Estimate {
    /// A count of things that happen independently of one another, as a Poisson variable of which `x` was seen.
    ///
    /// The interval is the score interval, which also tells what a count of zero leaves open:
    ///
    ///     x + z²/2 ± z √(x + z²/4),  z = 1.96
    ///
    /// Errors that come in crowds vary by more than this.
    static func count(_ count: UInt64) -> Estimate {
        let x = Double(count)
        let z = RateInterval.quantile
        let spread = z * (x + z * z / 4).squareRoot()
        return Estimate(x, low: max(0, x + z * z / 2 - spread), high: x + z * z / 2 + spread)
    }

    /// A share of a number of connections, with the Wilson score interval (``RateInterval``); nil of none.
    ///
    /// - Parameter scale: what a share of one counts as, such as 1,000 for a rate per 1,000.
    static func share(_ part: Double, of whole: UInt64, scale: Double = 1) -> Estimate? {
        guard let interval = RateInterval(leaked: part, drops: whole) else { return nil }
        return Estimate(part / Double(whole) * scale, low: interval.low * scale, high: interval.high * scale)
    }
}

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
