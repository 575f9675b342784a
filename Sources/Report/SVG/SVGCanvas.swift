import Record

/// A drawing with a frame, axes and a title: what every plot has in common.
struct SVGCanvas {
    /// The width of the drawing, in its own units.
    static let width = 480.0
    /// The height of the plot's area.
    static let plotHeight = 172.0
    /// The room left of the area, for labels.
    static let left = 56.0
    /// The room right of the area.
    static let right = 22.0
    /// The room below the area, for labels.
    static let bottom = 26.0
    /// The width of the plot's area.
    static let plotWidth = width - left - right

    /// The height of a row of labels above the area.
    static let labelHeight = 16.0

    /// The room above the area.
    let top: Double
    private var elements = ""

    /// An empty canvas with room for rows of labels above its area.
    init(labelRows: Int = 0) { top = 10 + Double(labelRows) * Self.labelHeight }

    /// The horizontal position of a share of the area's width.
    func x(_ fraction: Double) -> Double { Self.left + fraction * Self.plotWidth }

    /// The vertical position of a share of the area's height, from below.
    func y(_ fraction: Double) -> Double { top + (1 - fraction) * Self.plotHeight }

    /// Adds a rectangle, with a tooltip where there is text for one.
    mutating func rectangle(x: Double, y: Double, width: Double, height: Double, class name: String, tip: String? = nil)
    {
        let size = "width=\"\(Self.text(width))\" height=\"\(Self.text(height))\""
        let title = tip.map { "><title>\(HTMLEscaping.escape($0))</title></rect>" } ?? "/>"
        elements += Self.start("rect", name) + " x=\"\(Self.text(x))\" y=\"\(Self.text(y))\" \(size)\(title)"
    }

    /// Adds a straight line.
    mutating func line(x1: Double, y1: Double, x2: Double, y2: Double, class name: String) {
        let from = "x1=\"\(Self.text(x1))\" y1=\"\(Self.text(y1))\""
        elements += Self.start("line", name) + " \(from) x2=\"\(Self.text(x2))\" y2=\"\(Self.text(y2))\"/>"
    }

    /// Adds a line through points, or an area where it is closed.
    mutating func path(_ points: [(x: Double, y: Double)], closed: Bool = false, class name: String) {
        elements +=
            Self.start("path", name) + " d=\"\(Self.steps(points))\(closed ? "Z" : "")\"/>"
    }

    /// Adds a line of a figure's values, which the page's script tells where a reader points.
    ///
    /// - Parameter values: one for each point.
    mutating func curve(_ points: [(x: Double, y: Double)], values: [Double], name: String, index: Int) {
        precondition(points.count == values.count, "each point has its value")
        let look = "line \(Palette.line(index))"
        let texts = values.map(PlotReadout.text).joined(separator: " ")
        elements +=
            Self.start("path", look) + " data-name=\"\(HTMLEscaping.escape(name))\""
            + " data-values=\"\(texts)\" d=\"\(Self.steps(points))\"/>"
    }

    /// The start of an element's tag, with the looks of its class.
    private static func start(_ element: String, _ name: String) -> String {
        "<\(element) class=\"\(name)\"\(PlotPaint.attributes(name))"
    }

    private static func steps(_ points: [(x: Double, y: Double)]) -> String {
        "M" + points.map { "\(text($0.x)) \(text($0.y))" }.joined(separator: "L")
    }

    /// Adds a dot.
    mutating func dot(x: Double, y: Double, class name: String) {
        elements += Self.start("circle", name) + " cx=\"\(Self.text(x))\" cy=\"\(Self.text(y))\" r=\"3\"/>"
    }

    /// Adds text; it is escaped here.
    mutating func text(_ text: String, x: Double, y: Double, class name: String) {
        elements +=
            Self.start("text", name) + " x=\"\(Self.text(x))\" y=\"\(Self.text(y))\">"
            + "\(HTMLEscaping.escape(text))</text>"
    }

    /// Adds the grid and labels of both axes.
    mutating func axes(horizontal: Axis, vertical: Axis) {
        for tick in vertical.ticks {
            let y = y(vertical.fraction(tick.value))
            line(
                x1: Self.left,
                y1: y,
                x2: Self.width - Self.right,
                y2: y,
                class: tick.value == vertical.lower ? "axis" : "grid"
            )
            text(tick.label, x: Self.left - 7, y: y + 4, class: "ly")
        }
        for tick in horizontal.ticks {
            let x = x(horizontal.fraction(tick.value))
            line(x1: x, y1: y(0), x2: x, y2: y(0) + 4, class: "axis")
            text(tick.label, x: x, y: y(0) + 18, class: "lx")
        }
    }

    /// Adds the phases behind what is drawn after them.
    mutating func bands(_ bands: PhaseBands, axis: Axis) {
        for (index, band) in bands.bands.enumerated() {
            let start = x(axis.fraction(band.phase.start))
            let width = max(x(axis.fraction(band.phase.end)) - start, 1)
            let span = "\(FigureText.seconds(band.phase.start)) to \(FigureText.seconds(band.phase.end))"
            let tip = "\(band.phase.name.rawValue): \(span)"
            rectangle(x: start, y: top, width: width, height: Self.plotHeight, class: "b\(index % 2)", tip: tip)
            if let row = band.row { line(x1: start, y1: Self.labelTop(row), x2: start, y2: top, class: "lead") }
        }
        // Labels come after all lines, which they cover where they meet.
        for band in bands.bands {
            guard let row = band.row else { continue }
            let name = band.isAtEnd ? "lb end" : "lb"
            text(band.phase.name.rawValue, x: Self.left + band.labelX, y: Self.labelTop(row) + 10, class: name)
        }
    }

    /// The upper edge of a row of labels.
    static func labelTop(_ row: Int) -> Double { Double(row) * labelHeight + 3 }

    /// The drawing as an element that names and describes itself.
    ///
    /// Its size and its type's stand in attributes, so that it is whole where no style sheet applies.
    func render(id: String, title: String, description: String, readout: PlotReadout) -> String {
        let width = Self.text(Self.width)
        let height = Self.text(top + Self.plotHeight + Self.bottom)
        let area = [Self.left, top, Self.plotWidth, Self.plotHeight].map(Self.text).joined(separator: " ")
        return "<svg class=\"plot\" width=\"\(width)\" height=\"\(height)\" viewBox=\"0 0 \(width) \(height)\""
            + " font-family=\"sans-serif\" font-size=\"11\" fill=\"currentColor\""
            + "\(readout.attributes) data-area=\"\(area)\" role=\"img\""
            + " aria-labelledby=\"\(id)-t \(id)-d\"><title id=\"\(id)-t\">\(HTMLEscaping.escape(title))</title>"
            + "<desc id=\"\(id)-d\">\(HTMLEscaping.escape(description))</desc>\(elements)</svg>"
    }

    private static func text(_ value: Double) -> String {
        let tenths = Int((min(max(value.isFinite ? value : 0, -100_000), 100_000) * 10).rounded())
        let sign = tenths < 0 ? "-" : ""
        let (whole, tenth) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
        return tenth == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(tenth)"
    }
}

/// The phases of a run as bands behind a plot, each with its label in a row where it has room.
struct PhaseBands {
    /// One phase's band.
    struct Band {
        /// The phase.
        let phase: Phase
        /// Where the label starts, or ends where it stands at the plot's end; in the plot's units.
        let labelX: Double
        /// Whether the label ends at ``labelX``, as it would not fit behind it.
        let isAtEnd: Bool
        /// The label's row, from 0; nil where there is no room.
        let row: Int?
    }

    /// The most rows of labels.
    static let rowLimit = 3
    /// The width of a label's character, in the plot's units; wide enough for the larger type of small screens.
    static let characterWidth = 7.2

    /// The bands, in order.
    let bands: [Band]
    /// How many rows of labels there are.
    var rows: Int { (bands.compactMap(\.row).max() ?? -1) + 1 }

    /// The bands of phases on an axis of time that spans a width in the plot's units.
    init(_ phases: [Phase], axis: Axis, width: Double) {
        var ends = [Double](repeating: -1, count: Self.rowLimit)
        bands = phases.prefix(ReportLimits.phases).map { phase in
            let labelWidth = Double(phase.name.rawValue.count) * Self.characterWidth
            let start = axis.fraction(phase.start) * width
            let isAtEnd = start + 3 + labelWidth > width
            let x = isAtEnd ? max(width - labelWidth, 0) : start + 3
            let row = ends.firstIndex { $0 < x }
            if let row { ends[row] = x + labelWidth + 6 }
            return Band(phase: phase, labelX: isAtEnd ? width : x, isAtEnd: isAtEnd, row: row)
        }
    }
}

/// What the page's script needs to tell the values of a plot where a reader points.
struct PlotReadout {
    /// What the horizontal axis measures.
    enum Horizontal: String {
        /// Seconds since the run's start.
        case time
        /// The count of a percentile's nines.
        case percentile
        /// A delay, in ns.
        case delay
        /// Open streams.
        case streams
        /// What each bar's own text tells.
        case bars
    }

    /// What the horizontal axis measures.
    let horizontal: Horizontal
    /// The value at the left end.
    var from = 0.0
    /// The value at the right end.
    var to = 0.0
    /// The unit of the values.
    let unit: String

    /// The attributes of the drawing, with a leading space.
    var attributes: String {
        let span = horizontal == .bars ? "" : " data-from=\"\(Self.text(from))\" data-to=\"\(Self.text(to))\""
        return " data-x=\"\(horizontal.rawValue)\"\(span) data-unit=\"\(HTMLEscaping.escape(unit, limit: 40))\""
    }

    /// A value in few characters: whole numbers below a million as they are, others with four digits.
    static func text(_ value: Double) -> String {
        guard value.isFinite, value != 0 else { return "0" }
        if let whole = Int(exactly: value), whole.magnitude < 1_000_000 { return "\(whole)" }
        var power = 0
        var digits = abs(value)
        // Into the thousands, by tens: what a logarithm would say, without its rounding.
        while digits >= 10_000, power < 400 {
            digits /= 10
            power += 1
        }
        while digits < 1_000, power > -400 {
            digits *= 10
            power -= 1
        }
        let sign = value < 0 ? "-" : ""
        let rounded = Int(digits.rounded())
        return power == 0 ? "\(sign)\(rounded)" : "\(sign)\(rounded)e\(power)"
    }
}
