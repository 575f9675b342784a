/// The Mann–Kendall test for a trend: whether later values are higher more often than lower.
///
/// H. B. Mann, "Nonparametric Tests Against Trend", Econometrica 13, 1945; M. G. Kendall, "Rank Correlation Methods",
/// 1975. It knows only the order of the values, so that no outlier and no distribution matters. With `t` the sizes of the
/// groups of equal values, the score's variance where there is no trend is
///
///     (n(n−1)(2n+5) − Σ t(t−1)(2t+5)) / 18
struct MannKendall {
    /// Pairs of which the later value is higher, less those of which it is lower.
    let score: Int
    /// The score's variance where there is no trend and no value depends on the one before it.
    let variance: Double

    /// The test of values in the order of time; at most some hundreds, as it looks at every pair.
    init(_ values: some RandomAccessCollection<Double>) {
        let values = Array(values)
        var score = 0
        for (index, earlier) in values.enumerated() {
            for later in values[(index + 1)...] { score += later > earlier ? 1 : later < earlier ? -1 : 0 }
        }
        self.score = score
        var ties: [Double: Int] = [:]
        for value in values { ties[value, default: 0] += 1 }
        func term(_ count: Int) -> Double { Double(count) * Double(count - 1) * Double(2 * count + 5) }
        variance = (term(values.count) - ties.values.reduce(0) { $0 + term($1) }) / 18
    }

    /// The score in standard deviations, corrected for its steps; 0 where all values are equal.
    ///
    /// - Parameter inflation: by what factor the values' dependence on each other widens the variance.
    func z(inflation: Double = 1) -> Double {
        guard variance > 0 else { return 0 }
        return Double(score - score.signum()) / (variance * inflation).squareRoot()
    }
}
