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
