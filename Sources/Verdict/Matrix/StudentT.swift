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
