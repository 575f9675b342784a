/// Samples in bins of equal time, the median of each; bins without a sample are left out.
struct TimeBins {
    /// The middles of the bins, in seconds.
    private(set) var times: [Double] = []
    /// The medians.
    private(set) var values: [Double] = []

    /// The bins of samples in the order of time.
    ///
    /// - Parameter count: bins from the first sample to the last.
    init(times: [Double], values: [Double], count: Int) {
        guard let first = times.first, let last = times.last, last > first, count > 0 else { return }
        let width = (last - first) / Double(count)
        var (bin, held): (Int, [Double]) = (0, [])
        func close(_ bins: inout TimeBins) {
            guard let median = held.sorted().median else { return }
            bins.times.append(first + (Double(bin) + 0.5) * width)
            bins.values.append(median)
            held.removeAll(keepingCapacity: true)
        }
        for (time, value) in zip(times, values) {
            let own = min(count - 1, Int((time - first) / width))
            if own != bin {
                close(&self)
                bin = own
            }
            held.append(value)
        }
        close(&self)
    }
}
