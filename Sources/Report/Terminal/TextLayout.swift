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
