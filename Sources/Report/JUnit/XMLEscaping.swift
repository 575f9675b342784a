/// Text made safe inside XML's elements and quoted attributes (XML 1.0, 2.2 and 2.4).
enum XMLEscaping {
    /// The text in one line, without characters that XML forbids, its markup characters as references.
    static func escape(_ text: String, limit: Int = ReportLimits.textLength) -> String {
        var escaped = ""
        for scalar in PlainText.clean(text, limit: limit).unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "\u{FFFE}", "\u{FFFF}": continue
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
