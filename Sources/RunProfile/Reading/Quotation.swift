/// Text of a profile as an error shows it: short, on one line, without control characters.
enum Quotation {
    /// Characters that are shown.
    static let length = 80

    /// The text between quotation marks.
    static func quote(_ text: String) -> String { "\"\(shorten(text))\"" }

    /// The text, cut where it is long.
    static func shorten(_ text: String) -> String {
        var shown = ""
        var count = 0
        for scalar in text.unicodeScalars {
            guard count < length else { return shown + "…" }
            count += 1
            switch scalar {
            case "\n": shown += "\\n"
            case "\r": shown += "\\r"
            case "\t": shown += "\\t"
            default:
                if scalar.properties.generalCategory == .control {
                    shown += "\\u{" + String(scalar.value, radix: 16) + "}"
                } else {
                    shown.unicodeScalars.append(scalar)
                }
            }
        }
        return shown
    }
}
