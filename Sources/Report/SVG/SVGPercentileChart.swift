import Record
import Vocabulary

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
