/// Text from profiles and servers, made harmless to show: it may be hostile.
package enum PlainText {
    /// The text in one line: without escape sequences (ECMA-48, 5.4), control and direction characters, and not too long.
    package static func clean(_ text: String, limit: Int = ReportLimits.textLength) -> String {
        var cleaned = String.UnicodeScalarView()
        var scalars = text.unicodeScalars.prefix(limit * 8)[...]
        while let scalar = scalars.popFirst() {
            switch scalar.value {
            case 0x1B: skipSequence(in: &scalars)
            case 0x9B: skipControlSequence(in: &scalars)
            case 0x09, 0x0A, 0x0D, 0x2028, 0x2029: cleaned.append(" ")
            case ..<0x20, 0x7F...0x9F, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: continue
            default: cleaned.append(scalar)
            }
        }
        let line = String(cleaned)
        return line.count > limit ? line.prefix(limit - 1) + "…" : line
    }

    private static func skipSequence(in scalars: inout Substring.UnicodeScalarView) {
        guard let introducer = scalars.popFirst() else { return }
        switch introducer {
        case "[": skipControlSequence(in: &scalars)
        // A string of an operating system command ends with BEL or ESC \.
        case "]", "P", "X", "^", "_":
            while let scalar = scalars.popFirst(), scalar.value != 0x07 {
                if scalar.value == 0x1B {
                    _ = scalars.popFirst()
                    return
                }
            }
        default: return
        }
    }

    private static func skipControlSequence(in scalars: inout Substring.UnicodeScalarView) {
        while let scalar = scalars.popFirst() {
            if (0x40...0x7E).contains(scalar.value) { return }
        }
    }
}

/// Text made safe inside HTML's elements and quoted attributes.
enum HTMLEscaping {
    /// The text without control characters, in one line, its markup characters as references (HTML, 13.1.4).
    static func escape(_ text: String, limit: Int = ReportLimits.textLength) -> String {
        var escaped = ""
        for character in PlainText.clean(text, limit: limit).unicodeScalars {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }
}

/// Text made safe inside XML's elements and quoted attributes (XML 1.0, 2.2 and 2.4).
enum XMLEscaping {
    /// The text in one line as HTML has it, without the characters that XML forbids.
    static func escape(_ text: String, limit: Int = ReportLimits.textLength) -> String {
        var kept = String.UnicodeScalarView()
        kept.append(
            contentsOf: HTMLEscaping.escape(text, limit: limit).unicodeScalars.filter { $0.value & 0xFFFE != 0xFFFE }
        )
        return String(kept)
    }
}

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
