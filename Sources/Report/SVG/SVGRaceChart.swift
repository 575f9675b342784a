import Verdict
import Vocabulary

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
