import Record

extension Made {
    /// A run of five minutes of constant load, from 10 s to 310 s at 500 arrivals a second, with the gauge `clients`.
    static func soak(_ clients: (Double) -> Double) -> RunRecord {
        var record = Made.record()
        record.steady = SteadySpan(start: 10, end: 310)
        record.gauges = [Made.gauge()]
        var (arrivals, gauge) = (Series(unit: "1/s"), Series(unit: "count"))
        for second in stride(from: 0, through: 320, by: 0.25) {
            arrivals.add(second, 500)
            gauge.add(second, clients(second))
        }
        record.series = ["arrivals": arrivals, "state.clients": gauge]
        return record
    }
}

extension Series {
    /// Adds a point.
    mutating func add(_ time: Double, _ value: Double) {
        t.append(time)
        v.append(value)
    }
}
