/// A page whole in one file: no network, nothing outside it; light and dark, on a phone and on paper.
struct HTMLPage {
    /// What the page may do (CSP 3): nothing is loaded, and only its own style sheet and script apply.
    static let policy =
        "default-src 'none'; style-src 'unsafe-inline'; script-src '\(PageScript.hash)'; base-uri 'none'; "
        + "form-action 'none'"

    /// The title; safe text.
    let title: String
    /// What stands above the page's main part, as markup.
    let header: String
    /// The section that a reader by keyboard may skip to, with the link's words.
    let skip: (id: String, words: String)
    /// The main part, as markup.
    let main: String
    /// What stands below it, as markup.
    let footer: String

    /// The page as markup.
    func render() -> String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="\(Self.policy)">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="generator" content="Hydrotest">
        <title>\(title)</title>
        <style>\(Style.sheet)</style>
        </head>
        <body>
        <a class="skip" href="#\(skip.id)">\(skip.words)</a>
        <div class="page">
        \(header)
        <main>
        \(main)
        </main>
        \(footer)
        </div>
        <script>\(PageScript.text)</script>
        </body>
        </html>

        """
    }

    /// The verdict, with what the reader should know of it first.
    ///
    /// - Parameters:
    ///   - sentences: markup that is safe already, a paragraph each.
    static func banner(passed: Bool, _ sentences: [String]) -> String {
        let mark = passed ? "M6 12.5l4 4 8-9" : "M7 7l10 10M17 7L7 17"
        return """
            <div class="banner \(passed ? "pass" : "fail")">
            <svg width="36" height="36" viewBox="0 0 24 24" aria-hidden="true"><path d="\(mark)" fill="none" \
            stroke="currentColor" stroke-width="2.4"/></svg>
            <div><h2>\(passed ? "Pass" : "Fail")</h2>\(sentences.map { "<p>\($0)</p>" }.joined())</div>
            </div>
            """
    }
}

/// A part of the page with its heading.
struct HTMLSection {
    /// The anchor.
    let id: String
    /// The heading.
    let title: String
    /// What the part shows, in a sentence; safe text.
    var lead = ""
    /// The part itself, as markup.
    let body: String

    /// The part as markup.
    func render() -> String {
        let sentence = lead.isEmpty ? "" : "<p class=\"lead-in\">\(HTMLEscaping.escape(lead))</p>"
        return
            "<section id=\"\(id)\" aria-labelledby=\"\(id)-h\"><h2 id=\"\(id)-h\">\(title)</h2>\(sentence)\n\(body)</section>"
    }
}

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
