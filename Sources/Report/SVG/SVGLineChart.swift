import Record
import Verdict
import Vocabulary

/// Figures over time, with the run's phases behind them.
struct SVGLineChart {
    /// One figure over time.
    struct Line {
        /// What it is called.
        let name: String
        /// Its points.
        let series: Series
    }

    /// The element's id, unique in the page.
    let id: String
    /// What is drawn.
    let title: String
    /// What it shows, in words.
    let description: String
    /// The unit of the values.
    let unit: String
    /// The lines.
    let lines: [Line]
    /// The run's phases.
    let phases: [Phase]
    /// The end of the time axis, in seconds; at least where the last point lies.
    let end: Double
    /// A value drawn as a line of its own; nil where there is none.
    var baseline: Double?

    /// The drawing; nil where no line has two points.
    func render() -> String? {
        let drawn = lines.map { line in
            ReducedSeries.reduce(
                zip(line.series.t, line.series.v).map { (t: $0, v: $1) },
                limit: ReportLimits.pointsPerLine
            )
        }
        guard drawn.contains(where: { $0.count > 1 }) else { return nil }
        let last = drawn.compactMap(\.last?.t).max() ?? 0
        let highest = drawn.flatMap { $0 }.map(\.v).max() ?? 0
        let time = Axis.time(upTo: max(end, last))
        let values = Axis.values(upTo: max(highest, baseline ?? 0), unit: unit)
        let bands = PhaseBands(phases, axis: time, width: SVGCanvas.plotWidth)
        var canvas = SVGCanvas(labelRows: bands.rows)
        canvas.bands(bands, axis: time)
        canvas.axes(horizontal: time, vertical: values)
        for (index, points) in drawn.enumerated() where points.count > 1 {
            let placed = points.map { (x: canvas.x(time.fraction($0.t)), y: canvas.y(values.fraction($0.v))) }
            if lines.count == 1, let first = placed.first, let last = placed.last {
                let ground = canvas.y(0)
                canvas.path([(first.x, ground)] + placed + [(last.x, ground)], closed: true, class: "area")
            }
            canvas.curve(placed, values: points.map(\.v), name: lines[index].name, index: index)
        }
        if let baseline {
            let y = canvas.y(values.fraction(baseline))
            canvas.line(x1: canvas.x(0), y1: y, x2: canvas.x(1), y2: y, class: "base")
        }
        let readout = PlotReadout(horizontal: .time, from: time.lower, to: time.upper, unit: unit)
        return canvas.render(id: id, title: title, description: description, readout: readout)
    }
}

/// A series with fewer points and the same extremes.
enum ReducedSeries {
    /// The points, at most `limit` of them: the first, the last, and each bucket's lowest and highest, in order of time.
    ///
    /// - Parameters:
    ///   - points: in order of time.
    ///   - limit: at least 4.
    static func reduce(_ points: [(t: Double, v: Double)], limit: Int) -> [(t: Double, v: Double)] {
        precondition(limit >= 4, "a bucket needs room for its extremes")
        guard points.count > limit, let first = points.first, let last = points.last else { return points }
        let inner = points.dropFirst().dropLast()
        let buckets = (limit - 2) / 2
        var reduced = [first]
        for bucket in 0..<buckets {
            let start = inner.startIndex + inner.count * bucket / buckets
            let end = inner.startIndex + inner.count * (bucket + 1) / buckets
            let indices = start..<end
            guard let low = indices.min(by: { inner[$0].v < inner[$1].v }),
                let high = indices.max(by: { inner[$0].v < inner[$1].v })
            else { continue }
            for index in low == high ? [low] : [min(low, high), max(low, high)] { reduced.append(inner[index]) }
        }
        reduced.append(last)
        return reduced
    }
}

/// What the levels of a climb measured, over their streams.
struct SVGLevelChart {
    /// One latency over the streams.
    struct Line {
        /// What it is called.
        let name: String
        /// Its points: streams, and ns.
        let points: [(streams: Double, latency: Double)]
    }

    /// The element's id, unique in the page.
    let id: String
    /// What is drawn.
    let title: String
    /// What it shows, in words.
    let description: String
    /// The levels, in order.
    let levels: [CapacityLevel]

    /// The latencies that were measured.
    var lines: [Line] {
        let all: [(String, KeyPath<CapacityLevel, Nanoseconds?>)] = [
            ("event p99", \.eventP99), ("connect p99", \.connectP99),
        ]
        return all.compactMap { name, figure in
            let points = levels.compactMap { level in
                level[keyPath: figure].map { (streams: Double(level.streams), latency: Double($0)) }
            }
            return points.isEmpty ? nil : Line(name: name, points: points)
        }
    }

    /// The drawing; nil where no latency was measured at two levels.
    func render() -> String? {
        let lines = lines
        let points = lines.flatMap(\.points)
        guard lines.contains(where: { $0.points.count > 1 }), let most = points.map(\.streams).max() else { return nil }
        let streams = Axis.values(upTo: most, unit: "streams")
        let latencies = points.map(\.latency).filter { $0 > 0 }
        let values = Axis.logarithmic(from: latencies.min() ?? 1, to: latencies.max() ?? 1, unit: "ns")
        var canvas = SVGCanvas()
        canvas.axes(horizontal: streams, vertical: values)
        for (index, line) in lines.enumerated() {
            let placed = line.points.map {
                (x: canvas.x(streams.fraction($0.streams)), y: canvas.y(values.fraction($0.latency)))
            }
            canvas.curve(placed, values: line.points.map(\.latency), name: line.name, index: index)
            if let last = placed.last { canvas.dot(x: last.x, y: last.y, class: "dot \(Palette.line(index))") }
        }
        let readout = PlotReadout(horizontal: .streams, from: streams.lower, to: streams.upper, unit: "ns")
        return canvas.render(id: id, title: title, description: description, readout: readout)
    }
}

/// Latencies by percentile, both axes logarithmic, so that the tail takes as much room as the rest.
struct SVGPercentileChart {
    /// The most points of one line.
    static let pointLimit = 120

    /// The element's id, unique in the page.
    let id: String
    /// What is drawn.
    let title: String
    /// What it shows, in words.
    let description: String
    /// The latencies, each with its name.
    let latencies: [(name: String, histogram: LatencyHistogram)]

    /// The drawing; nil where nothing was recorded.
    func render() -> String? {
        let measured = latencies.enumerated().filter { !$0.element.histogram.isEmpty }
        guard let most = measured.map(\.element.histogram.count).max(),
            let highest = measured.map(\.element.histogram.largest).max(),
            let lowest = measured.compactMap({ $0.element.histogram.value(atPercentile: 0) }).min()
        else { return nil }
        let horizontal = Axis.percentiles(count: most)
        let vertical = Axis.logarithmic(from: Double(max(lowest, 1_000)), to: Double(max(highest, 1_000)), unit: "ns")
        var canvas = SVGCanvas()
        canvas.axes(horizontal: horizontal, vertical: vertical)
        for (index, latency) in measured {
            let end = Axis.percentiles(count: latency.histogram.count).upper
            let points = (0...Self.pointLimit).compactMap { step -> (x: Double, y: Double, value: Double)? in
                let position = end * Double(step) / Double(Self.pointLimit)
                let percentile = step == Self.pointLimit ? 100 : Axis.percentile(atPosition: position)
                guard let value = latency.histogram.value(atPercentile: percentile) else { return nil }
                let y = canvas.y(vertical.fraction(Double(value)))
                return (canvas.x(horizontal.fraction(position)), y, Double(value))
            }
            let placed = points.map { (x: $0.x, y: $0.y) }
            canvas.curve(placed, values: points.map(\.value), name: latency.name, index: index)
            if let last = points.last { canvas.dot(x: last.x, y: last.y, class: "dot \(Palette.line(index))") }
        }
        let readout = PlotReadout(horizontal: .percentile, from: horizontal.lower, to: horizontal.upper, unit: "ns")
        return canvas.render(id: id, title: title, description: description, readout: readout)
    }
}

/// The share of leaks over the delay, with the window marked.
struct SVGRaceChart {
    /// The element's id, unique in the page.
    let id: String
    /// What is drawn.
    let title: String
    /// What it shows, in words.
    let description: String
    /// The search.
    let race: RaceSummary

    /// The drawing; nil where nothing was dropped.
    func render() -> String? {
        guard let curve = RaceCurve(race, steps: ReportLimits.bars) else { return nil }
        let delays = Axis.between(curve.from, curve.to, unit: "ns")
        let shares = Axis(
            lower: 0,
            upper: 1,
            logarithmic: false,
            ticks: [0, 0.25, 0.5, 0.75, 1].map { Axis.Tick(value: $0, label: FigureText.share($0)) }
        )
        var canvas = SVGCanvas()
        if let window = race.window {
            let start = canvas.x(delays.fraction(window.low.map { Double($0.delay) } ?? delays.lower))
            let end = canvas.x(delays.fraction(window.high.map { Double($0.delay) } ?? delays.upper))
            canvas.rectangle(
                x: start,
                y: canvas.top,
                width: max(end - start, 1),
                height: SVGCanvas.plotHeight,
                class: "b0",
                tip: "the window"
            )
        }
        canvas.axes(horizontal: delays, vertical: shares)
        for edge in [race.window?.low, race.window?.high].compactMap(\.self) {
            let x = canvas.x(delays.fraction(Double(edge.delay)))
            canvas.line(x1: x, y1: canvas.top, x2: x, y2: canvas.y(0), class: "base")
        }
        let placed = curve.steps.map { (x: canvas.x(delays.fraction($0.middle)), y: canvas.y($0.share)) }
        canvas.curve(placed, values: curve.steps.map { $0.share * 100 }, name: "leaked", index: 0)
        for point in placed { canvas.dot(x: point.x, y: point.y, class: "dot \(Palette.line(0))") }
        let readout = PlotReadout(horizontal: .delay, from: delays.lower, to: delays.upper, unit: "%")
        return canvas.render(id: id, title: title, description: description, readout: readout)
    }
}
