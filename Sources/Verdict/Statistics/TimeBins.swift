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
