import Record
import Vocabulary

/// How often each span of time occurred; the counts are on a logarithmic scale, so that a single late one shows.
struct SVGBarChart {
    /// A span that is marked across the plot.
    struct Mark {
        /// The span, in ns.
        let value: Nanoseconds
        /// What it is.
        let label: String
    }

    /// The element's id, unique in the page.
    let id: String
    /// What is drawn.
    let title: String
    /// What it shows, in words.
    let description: String
    /// The spans.
    let histogram: LatencyHistogram
    /// The marked spans.
    let marks: [Mark]
    /// The span past which a bar is drawn as a late one, in ns; nil where none is.
    let late: Nanoseconds?

    /// The drawing; nil where nothing was recorded.
    func render() -> String? {
        let buckets = histogram.buckets
        guard !buckets.isEmpty else { return nil }
        let highest = max(histogram.largest, marks.map(\.value).max() ?? 0)
        let spans = Axis.values(upTo: Double(highest), unit: "ns")
        let counts = Self.binned(buckets, upTo: spans.upper)
        let vertical = Axis.logarithmic(from: 0.5, to: Double(counts.max() ?? 1), unit: "")
        var canvas = SVGCanvas(labelRows: min(marks.count, 2))
        let width = SVGCanvas.plotWidth / Double(ReportLimits.bars)
        let span = spans.upper / Double(ReportLimits.bars)
        canvas.axes(horizontal: spans, vertical: Self.whole(vertical))
        for (index, count) in counts.enumerated() where count > 0 {
            let height = vertical.fraction(Double(count)) * SVGCanvas.plotHeight
            let from = Double(index) * span
            let isLate = late.map { from >= Double($0) } ?? false
            canvas.rectangle(
                x: canvas.x(0) + Double(index) * width + 0.5,
                y: canvas.y(0) - height,
                width: width - 1,
                height: height,
                class: isLate ? "bar late" : "bar",
                tip: "\(FigureText.value(from, unit: "ns")) to \(FigureText.value(from + span, unit: "ns")): "
                    + FigureText.counted(count, "interval")
            )
        }
        for (row, mark) in marks.prefix(2).enumerated() {
            let x = canvas.x(spans.fraction(Double(mark.value)))
            canvas.line(x1: x, y1: SVGCanvas.labelTop(row), x2: x, y2: canvas.y(0), class: "base")
        }
        for (row, mark) in marks.prefix(2).enumerated() {
            let x = canvas.x(spans.fraction(Double(mark.value)))
            let isAtEnd = x + Double(mark.label.count) * PhaseBands.characterWidth > SVGCanvas.width
            let y = SVGCanvas.labelTop(row) + 10
            canvas.text(mark.label, x: isAtEnd ? x - 5 : x + 5, y: y, class: isAtEnd ? "lb end" : "lb")
        }
        let readout = PlotReadout(horizontal: .bars, unit: "")
        return canvas.render(id: id, title: title, description: description, readout: readout)
    }

    private static func binned(_ buckets: [(value: Nanoseconds, count: UInt64)], upTo upper: Double) -> [UInt64] {
        var counts = [UInt64](repeating: 0, count: ReportLimits.bars)
        for bucket in buckets {
            let index = Int(Double(bucket.value) / upper * Double(ReportLimits.bars))
            let bar = min(index, ReportLimits.bars - 1)
            counts[bar] = counts[bar].saturatingAdding(bucket.count)
        }
        return counts
    }

    /// Half a thing cannot be counted: the tick below one is only there to give one thing a height.
    private static func whole(_ axis: Axis) -> Axis {
        let ticks = axis.ticks.filter { $0.value >= 1 }
        return Axis(lower: axis.lower, upper: axis.upper, logarithmic: true, ticks: ticks)
    }
}
