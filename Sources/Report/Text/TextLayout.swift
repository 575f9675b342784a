/// Text fitted to a width in characters.
package enum TextLayout {
    /// The text cut to a width.
    package static func cut(_ text: String, width: Int) -> String {
        let trimmed = text.count > width ? text.prefix(max(width - 1, 0)) + "…" : text[...]
        let end = trimmed.lastIndex { $0 != " " }.map { trimmed.index(after: $0) } ?? trimmed.startIndex
        return String(trimmed[..<end])
    }

    /// The text broken at spaces into lines of at most a width, the further ones indented.
    package static func wrap(_ text: String, width: Int, first: String = "", indent: String = "") -> [String] {
        var lines: [String] = []
        var line = first
        var isFresh = true
        for word in text.split(separator: " ") {
            if !isFresh, line.count + 1 + word.count > width {
                lines.append(line)
                line = indent
                isFresh = true
            }
            line += (isFresh ? "" : " ") + word
            isFresh = false
        }
        lines.append(line)
        return lines.map { cut($0, width: max(width, 1)) }
    }
}

/// A table of text: the first column stands to the left, the others to the right.
struct TextTable {
    /// The headings.
    let headings: [String]
    /// The rows.
    let rows: [[String]]

    /// The lines, none wider than a width in characters; what does not fit is cut off.
    func lines(width: Int) -> [String] {
        let all = [headings] + rows.prefix(ReportLimits.rows)
        let count = all.map(\.count).max() ?? 0
        let widths = (0..<count).map { column in all.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0 }
        return all.map { row in
            let cells = zip(row, widths).enumerated().map { index, cell in
                let padding = String(repeating: " ", count: cell.1 - cell.0.count)
                return index == 0 ? cell.0 + padding : padding + cell.0
            }
            return TextLayout.cut("  " + cells.joined(separator: "  "), width: width)
        }
    }
}

/// Colours and weights of a terminal (ECMA-48, 8.3.117), where they are asked for.
package struct TerminalStyle {
    /// What can be told apart.
    package enum Look: String {
        /// Weighty.
        case bold = "1"
        /// Less important.
        case dim = "2"
        /// As hoped.
        case good = "32"
        /// Not as hoped.
        case bad = "31"
        /// Worth a look.
        case warning = "33"
    }

    /// Whether sequences are written at all.
    package let color: Bool

    /// A style, with or without sequences.
    package init(color: Bool) { self.color = color }

    /// Text in a look.
    package func apply(_ looks: Look..., to text: String) -> String {
        guard color, !text.isEmpty else { return text }
        return "\u{1B}[\(looks.map(\.rawValue).joined(separator: ";"))m\(text)\u{1B}[0m"
    }
}
