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
