/// A table that scrolls sideways where the page is narrow.
struct HTMLTable {
    /// A column's heading and kind.
    struct Column {
        /// The heading.
        let heading: String
        /// Whether it holds figures, which stand to the right.
        let isFigure: Bool

        /// A column of text.
        static func text(_ heading: String) -> Column { Column(heading: heading, isFigure: false) }
        /// A column of figures.
        static func figure(_ heading: String) -> Column { Column(heading: heading, isFigure: true) }
    }

    /// A cell's content.
    enum Cell {
        /// Text, escaped as it is written.
        case text(String)
        /// Text in the type of code.
        case code(String)
        /// Markup that is safe already.
        case markup(String, class: String)
        /// Nothing was measured.
        case absent
    }

    /// What the table holds, for those who hear it.
    let caption: String
    /// The columns.
    let columns: [Column]
    /// The rows; each starts with what it is about.
    let rows: [[Cell]]

    /// The table as markup; rows past ``ReportLimits/rows`` are counted below it.
    func render() -> String {
        let head = columns.map {
            "<th scope=\"col\"\($0.isFigure ? " class=\"n\"" : "")>\(HTMLEscaping.escape($0.heading))</th>"
        }
        let body = rows.prefix(ReportLimits.rows).map { "<tr>\(render($0))</tr>" }
        let more =
            rows.count > ReportLimits.rows ? "<p class=\"more\">and \(rows.count - ReportLimits.rows) more</p>" : ""
        let label = HTMLEscaping.escape(caption)
        return "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Table: \(label)\">"
            + "<table cellpadding=\"4\"><caption>\(label)</caption>"
            + "<thead><tr>\(head.joined())</tr></thead><tbody>\(body.joined())</tbody></table></div>\(more)\n"
    }

    private func render(_ row: [Cell]) -> String {
        zip(row.indices, row).map { index, cell in
            let isFigure = index < columns.count && columns[index].isFigure
            let tag = index == 0 ? "th scope=\"row\"" : "td"
            let end = index == 0 ? "th" : "td"
            let plain = isFigure ? " class=\"n\"" : ""
            return switch cell {
            case .text(let text): "<\(tag)\(plain)>\(HTMLEscaping.escape(text))</\(end)>"
            case .code(let text): "<\(tag)\(plain)><code>\(HTMLEscaping.escape(text))</code></\(end)>"
            case .markup(let markup, let name):
                "<\(tag) class=\"\(isFigure ? "n " : "")\(name)\">\(markup)</\(end)>"
            case .absent: "<\(tag) class=\"\(isFigure ? "n " : "")none\">–</\(end)>"
            }
        }.joined()
    }
}
