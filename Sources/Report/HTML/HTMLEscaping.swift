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
