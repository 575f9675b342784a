import Record

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
