/// The figures of a run since its start, in a bounded number of points of equal length.
struct LiveHistory: Equatable {
    /// Points kept of each figure; with one more, neighbours are merged and each point takes twice as long.
    static let points = 40

    /// Figures per second, since the moment before.
    struct Rates: Equatable {
        var arrivals = 0.0
        var events = 0.0
        var drops = 0.0
        var failures = 0.0
    }

    /// The rates at the latest moment.
    private(set) var rates = Rates()
    private var last: RunSnapshot?
    private var series: [String: [Double?]] = [:]
    /// Moments that a full point stands for, and how many the last one has.
    private var perPoint = 1
    private var inLast = 0

    /// Takes in a moment.
    mutating func append(_ snapshot: RunSnapshot) {
        if let last, snapshot.elapsed > last.elapsed {
            let seconds = snapshot.elapsed - last.elapsed
            func rate(_ count: KeyPath<RunCounts, Int>) -> Double {
                Double(max(0, snapshot.counts[keyPath: count] - last.counts[keyPath: count])) / seconds
            }
            rates = Rates(
                arrivals: rate(\.started),
                events: rate(\.events),
                drops: rate(\.dropped),
                failures: rate(\.failed)
            )
        }
        last = snapshot
        var values: [String: Double?] = [
            "streams": Double(snapshot.open), "arrivals": rates.arrivals, "events": rates.events,
            "drops": rates.drops, "failures": rates.failures,
        ]
        for gauge in snapshot.gauges { values["\(gauge.probe).\(gauge.name)"] = .some(gauge.value) }
        add(values)
    }

    /// The points of a figure, the oldest first.
    func points(_ name: String) -> [Double?] { series[name] ?? [] }

    private mutating func add(_ values: [String: Double?]) {
        let count = series.values.map(\.count).max() ?? 0
        let isNew = inLast == 0 || inLast == perPoint
        if isNew, count == Self.points { merge() }
        let position = (series.values.map(\.count).max() ?? 0) - (isNew ? 0 : 1)
        for (name, value) in values {
            var points = series[name] ?? []
            // A gauge that was first read later has gaps before.
            while points.count < position { points.append(nil) }
            if points.count == position {
                points.append(value)
            } else if let value {
                points[position] = max(points[position] ?? value, value)
            }
            series[name] = points
        }
        inLast = isNew ? 1 : inLast + 1
    }

    private mutating func merge() {
        series = series.mapValues { points in
            stride(from: 0, to: points.count, by: 2).map { index in
                let pair = points[index..<min(index + 2, points.count)].compactMap(\.self)
                return pair.max()
            }
        }
        perPoint *= 2
    }
}
