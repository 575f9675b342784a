/// How much each value of a row depends on the one before it.
struct Autocorrelation {
    /// The correlation of neighbours, from −1 to 1; 0 where all values are equal.
    let ofNeighbours: Double
    private let count: Int

    /// The autocorrelation of values without a trend, in the order of time.
    init(_ values: [Double]) {
        count = values.count
        let mean = values.reduce(0, +) / Double(max(1, values.count))
        let total = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let shared = zip(values, values.dropFirst()).reduce(0) { $0 + ($1.0 - mean) * ($1.1 - mean) }
        ofNeighbours = total > 0 ? shared / total : 0
    }

    /// Whether neighbours correlate more than independent values would in 19 of 20 cases.
    var isSignificant: Bool { ofNeighbours > VerdictLimits.oneSidedQuantile / Double(max(1, count)).squareRoot() }

    /// By what factor the dependence widens the variance of a sum over the values; 1 where they do not depend.
    ///
    /// For a process in which each value depends on the one before it alone, with correlation `r`, it is
    ///
    ///     1 + 2 Σ (1 − k/n) rᵏ      for k from 1 to n − 1
    ///
    /// G. V. Bayley and J. M. Hammersley, "The 'Effective' Number of Independent Observations in an Autocorrelated Time
    /// Series", Supplement to the Journal of the Royal Statistical Society 8, 1946; for the Mann–Kendall test: S. Yue and
    /// C. Wang, Water Resources Management 18, 2004.
    var inflation: Double {
        guard isSignificant else { return 1 }
        var (sum, power) = (0.0, 1.0)
        for lag in 1..<max(2, count) {
            power *= ofNeighbours
            sum += (1 - Double(lag) / Double(count)) * power
        }
        return 1 + 2 * sum
    }
}
