import Glibc

/// The trend of a figure over time, and whether it can be chance.
///
/// The samples come in equal time bins, the median of each, at most ``VerdictLimits/trendBins``: so the pairs that the
/// slope is made of stay few, however long the run. Samples of a gauge depend on those before them, which the
/// Mann–Kendall test takes for a trend. So the bins are doubled until what is left of them beside the slope correlates no
/// more, or they are as few as ``VerdictLimits/fewestTrendBins``; a dependence that is left even then widens the variance
/// (``Autocorrelation/inflation``), of the test as of the interval.
struct Trend {
    /// The slope per second.
    let slope: Double
    /// The lower end of the slope's 99% interval, per second.
    let low: Double
    /// The upper end of the slope's 99% interval, per second.
    let high: Double
    /// How often chance alone brings a trend as strong, up or down.
    let p: Double
    /// Bins looked at.
    let bins: Int
    /// Whether the trend is upward, no chance, and goes on from the first half to the second.
    ///
    /// A step, or a pool that fills up, grows in one half only.
    let isGrowth: Bool

    /// The trend of samples in the order of time.
    ///
    /// - Returns: nil where there are too few of them.
    init?(times: [Double], values: [Double]) {
        var count = min(VerdictLimits.trendBins, times.count)
        var binned = TimeBins(times: times, values: values, count: count)
        var line = TheilSen(times: binned.times, values: binned.values)
        var rest = Autocorrelation(Self.rest(binned, line))
        while rest.isSignificant, count / 2 >= VerdictLimits.fewestTrendBins {
            count /= 2
            let coarser = TimeBins(times: times, values: values, count: count)
            guard coarser.times.count >= VerdictLimits.fewestTrendBins else { break }
            binned = coarser
            line = TheilSen(times: binned.times, values: binned.values)
            rest = Autocorrelation(Self.rest(binned, line))
        }
        bins = binned.times.count
        guard bins >= VerdictLimits.fewestTrendBins else { return nil }
        let inflation = rest.inflation
        let test = MannKendall(binned.values)
        let z = test.z(inflation: inflation)
        let quantile = VerdictLimits.trendQuantile
        slope = line.slope
        (low, high) = line.interval(deviation: quantile * (test.variance * inflation).squareRoot())
        p = erfc(abs(z) / 2.0.squareRoot())
        let half = bins / 2
        let halves = [MannKendall(binned.values.prefix(half)), MannKendall(binned.values.suffix(half))]
        isGrowth =
            z > quantile && low > 0
            && halves.allSatisfy { $0.z(inflation: inflation) > VerdictLimits.oneSidedQuantile }
    }

    /// What is left of the values beside the slope.
    private static func rest(_ bins: TimeBins, _ line: TheilSen) -> [Double] {
        let slope = line.slope
        return zip(bins.times, bins.values).map { $1 - slope * $0 }
    }
}
