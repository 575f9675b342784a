import Record
import Vocabulary

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
