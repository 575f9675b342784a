import Verdict

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
