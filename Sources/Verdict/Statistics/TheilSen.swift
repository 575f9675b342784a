/// The Theil–Sen slope: the median of the slopes between every two points.
///
/// P. K. Sen, "Estimates of the Regression Coefficient Based on Kendall's Tau", Journal of the American Statistical
/// Association 63, 1968. Almost three in ten points may be anything without moving it far.
struct TheilSen {
    /// The slopes between every two points, from low to high.
    private let slopes: [Double]

    /// The slope through points in the order of time, no two at the same one; at most some hundreds.
    init(times: [Double], values: [Double]) {
        precondition(times.count == values.count)
        var slopes: [Double] = []
        slopes.reserveCapacity(times.count * max(0, times.count - 1) / 2)
        for later in times.indices.dropFirst() {
            for earlier in 0..<later {
                slopes.append((values[later] - values[earlier]) / (times[later] - times[earlier]))
            }
        }
        slopes.sort()
        self.slopes = slopes
    }

    /// The slope, in the values' unit per unit of time; 0 for fewer than two points.
    var slope: Double { slopes.median ?? 0 }

    /// The slope's interval (Sen 1968, 2.6): as many slopes lie outside as the score of ``MannKendall`` may be off.
    ///
    /// - Parameter deviation: how far the score may be off: its standard deviation times a normal quantile.
    func interval(deviation: Double) -> (low: Double, high: Double) {
        guard let lowest = slopes.first, let highest = slopes.last else { return (0, 0) }
        let outside = (Double(slopes.count) - deviation) / 2
        guard outside >= 1 else { return (lowest, highest) }
        let position = Int(outside) - 1
        return (slopes[position], slopes[slopes.count - 1 - position])
    }
}

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

extension [Double] {
    /// The middle of sorted numbers, or the mean of the two in the middle; nil where there are none.
    var median: Double? {
        guard !isEmpty else { return nil }
        let middle = count / 2
        return count.isMultiple(of: 2) ? (self[middle - 1] + self[middle]) / 2 : self[middle]
    }
}
