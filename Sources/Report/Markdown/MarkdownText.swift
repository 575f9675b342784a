/// Text made safe inside Markdown (GitHub Flavored Markdown, 2.4): it cannot open an element, a link or a table's cell.
enum MarkdownText {
    /// The text in one line, its markup characters escaped.
    static func escape(_ text: String, limit: Int = ReportLimits.textLength) -> String {
        var escaped = ""
        for scalar in PlainText.clean(text, limit: limit).unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\\", "`", "*", "_", "[", "]", "|", "#", "~", "@", "!", "$":
                escaped += "\\"
                escaped.unicodeScalars.append(scalar)
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// The text as code, in a fence that it cannot close; a pipe would end a table's cell even there.
    static func code(_ text: String, limit: Int = ReportLimits.textLength) -> String {
        let plain = PlainText.clean(text, limit: limit).replacing("`", with: "'").replacing("|", with: "\\|")
        return "`\(plain.isEmpty ? " " : plain)`"
    }

    /// A table; the first column stands to the left, the others to the right.
    ///
    /// - Parameter rows: cells that are safe already.
    static func table(_ headings: [String], _ rows: [[String]]) -> String {
        let rules = headings.indices.map { $0 == 0 ? ":--" : "--:" }
        return ([headings, rules] + rows).map { "| \($0.joined(separator: " | ")) |\n" }.joined()
    }
}
