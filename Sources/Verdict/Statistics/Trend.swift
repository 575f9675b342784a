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

/// Samples in bins of equal time, the median of each; bins without a sample are left out.
struct TimeBins {
    /// The middles of the bins' samples, in seconds.
    private(set) var times: [Double] = []
    /// The medians.
    private(set) var values: [Double] = []

    /// The bins of samples in the order of time.
    ///
    /// - Parameter count: bins from the first sample to the last.
    init(times: [Double], values: [Double], count: Int) {
        precondition(times.count == values.count)
        guard let first = times.first, let last = times.last, last > first, count > 0 else { return }
        let width = (last - first) / Double(count)
        func bin(_ index: Int) -> Int { min(count - 1, Int((times[index] - first) / width)) }
        var start = times.startIndex
        for end in times.indices.dropFirst() where bin(end) != bin(start) {
            close(times[start..<end], values[start..<end])
            start = end
        }
        close(times[start...], values[start...])
    }

    /// Adds a bin, whose time is a median too: a straight line goes through the medians of its points.
    private mutating func close(_ times: ArraySlice<Double>, _ values: ArraySlice<Double>) {
        guard let time = Array(times).median, let value = values.sorted().median else { return }
        self.times.append(time)
        self.values.append(value)
    }
}

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

/// Where the warm-up of a row of samples ends, by rule.
///
/// The rule is MSER-5 (K. P. White, "An Effective Truncation Heuristic for Bias Reduction in Simulation Output",
/// Simulation 69, 1997; White, Cobb and Spratt, Winter Simulation Conference, 2000): of all beginnings that could be cut
/// off, in batches of five samples, the one without which the rest's error is smallest. What the rest is measured
/// against is its own line, not its mean: a trend is what is looked for, and no warm-up.
enum WarmUp {
    /// Samples a batch.
    static let batch = 5
    /// The largest part of the samples that is cut off.
    static let longestShare = 0.25

    /// How many samples belong to the warm-up.
    static func length(of values: [Double]) -> Int {
        let batches = stride(from: 0, through: values.count - batch, by: batch).map { start in
            values[start..<start + batch].reduce(0, +) / Double(batch)
        }
        let mostCut = Int(Double(batches.count) * longestShare)
        // Sums over the rest, from the end towards the beginning, so that every cut takes one step.
        var (n, t, v, tt, tv, vv) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
        let shift = batches.last ?? 0
        var best: (cut: Int, error: Double)?
        for (index, batch) in batches.enumerated().reversed() {
            let (time, value) = (Double(index), batch - shift)
            (n, t, v) = (n + 1, t + time, v + value)
            (tt, tv, vv) = (tt + time * time, tv + time * value, vv + value * value)
            guard index <= mostCut, n > 2 else { continue }
            let (spreadOfTime, shared) = (tt - t * t / n, tv - t * v / n)
            let error = max(0, vv - v * v / n - shared * shared / spreadOfTime) / (n * n)
            // A cut must be worth it: of equals, the one that leaves most.
            if error <= best?.error ?? .infinity { best = (index, error) }
        }
        return (best?.cut ?? 0) * batch
    }
}
