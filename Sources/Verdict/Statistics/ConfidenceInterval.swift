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

/// Some measurements of one quantity.
struct Sample {
    /// The measurements.
    let values: [Double]

    /// How many there are.
    var count: Int { values.count }

    /// Their mean; 0 without any.
    var mean: Double { values.isEmpty ? 0 : values.reduce(0, +) / Double(count) }

    /// The sum of their squared distances from the mean.
    var squares: Double {
        let mean = mean
        return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }

    /// Their standard deviation, estimated with one degree of freedom less; 0 where there are fewer than two.
    var deviation: Double { count < 2 ? 0 : (squares / Double(count - 1)).squareRoot() }
}

/// Student's t distribution ("The Probable Error of a Mean", Biometrika 6, 1908).
enum StudentT {
    /// The quantiles that leave 2.5% on each side, for 1 to 10 degrees of freedom.
    private static let few = [
        12.706205, 4.302653, 3.182446, 2.776445, 2.570582, 2.446912, 2.364624, 2.306004, 2.262157, 2.228139,
    ]

    /// The quantile that leaves 2.5% on each side.
    ///
    /// Beyond the table by the expansion around the normal quantile (M. Abramowitz and I. Stegun, "Handbook of
    /// Mathematical Functions", 26.7.5), right to three digits there.
    ///
    /// - Parameter freedom: degrees of freedom, at least 1.
    static func quantile(freedom: Int) -> Double {
        precondition(freedom > 0)
        if freedom <= few.count { return few[freedom - 1] }
        let z = RateInterval.quantile
        let n = Double(freedom)
        let (z3, z5, z7) = (z * z * z, z * z * z * z * z, z * z * z * z * z * z * z)
        let first = (z3 + z) / (4 * n)
        let second = (5 * z5 + 16 * z3 + 3 * z) / (96 * n * n)
        let third = (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * n * n * n)
        return z + first + second + third
    }
}
