import Record

/// A report's series as comma-separated values (RFC 4180), a line for each point: for spreadsheets and data frames.
public struct CSVReport: Sendable {
    private let document: ReportDocument

    /// The table of a document.
    public init(_ document: ReportDocument) { self.document = document }

    /// The table: the series' name, its unit, the seconds since the run's start, the value.
    public func render() -> String {
        var text = "series,unit,seconds,value\r\n"
        for (name, series) in document.series.sorted(by: { $0.key < $1.key }) {
            let start = "\(Self.field(name)),\(Self.field(series.unit)),"
            for (time, value) in zip(series.t, series.v) { text += "\(start)\(time),\(value)\r\n" }
        }
        return text
    }

    /// Text as a field; a spreadsheet takes no name for a formula.
    private static func field(_ text: String) -> String {
        var plain = PlainText.clean(text)
        if let first = plain.first, "=+-@".contains(first) { plain = "'" + plain }
        guard plain.contains(where: { ",\"".contains($0) }) else { return plain }
        return "\"\(plain.replacing("\"", with: "\"\""))\""
    }
}
