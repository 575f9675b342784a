/// The 95% interval of a rate that was estimated from a count of leaks and a count of drops.
package struct RateInterval: Equatable, Sendable {
    /// The standard normal quantile that leaves 2.5% on each side.
    package static let quantile = 1.959963984540054

    /// The lower end, in units a drop.
    package var low: Double
    /// The upper end, in units a drop.
    package var high: Double

    /// The interval of `leaked` units left by `drops` drops.
    ///
    /// Up to one unit a drop it is the Wilson score interval (E. B. Wilson, "Probable Inference, the Law of Succession,
    /// and Statistical Inference", Journal of the American Statistical Association 22, 1927), which stays honest for
    /// rare leaks:
    ///
    ///     (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n)
    ///
    /// More than one unit a drop is no proportion but a count: it is the normal approximation of a Poisson variable,
    /// whose variance is its mean: (x ± z √x) / n.
    ///
    /// - Returns: nil without drops.
    package init?(leaked: Double, drops: UInt64) {
        guard drops > 0, leaked >= 0, leaked.isFinite else { return nil }
        let n = Double(drops)
        let z = Self.quantile
        if leaked <= n {
            let p = leaked / n
            let center = p + z * z / (2 * n)
            let spread = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
            let scale = 1 + z * z / n
            low = max(0, (center - spread) / scale)
            high = min(1, (center + spread) / scale)
        } else {
            let spread = z * leaked.squareRoot()
            low = max(0, (leaked - spread) / n)
            high = (leaked + spread) / n
        }
    }
}
