/// Text of a server's, made fit to be shown in one line.
enum Shown {
    /// The most characters that are shown.
    static let limit = 160

    /// The text, its control characters escaped, cut to the limit.
    static func text(_ text: String) -> String {
        var shown = ""
        var count = 0
        for scalar in text.unicodeScalars {
            guard count < limit else { return shown + "…" }
            count += 1
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
                shown += scalar.escaped(asASCII: true)
            default: shown.unicodeScalars.append(scalar)
            }
        }
        return shown
    }

    /// Bytes as text in quotes; malformed ones as U+FFFD.
    static func quote(_ bytes: some Collection<UInt8>) -> String {
        "\"" + text(String(decoding: bytes.prefix(limit * 4), as: UTF8.self)) + "\""
    }

    /// Text in quotes.
    static func quote(_ text: String) -> String { "\"" + Self.text(text) + "\"" }

    /// A field's values, in words.
    static func values(_ values: [String]) -> String {
        values.isEmpty ? "none" : values.map { quote($0) }.joined(separator: ", ")
    }
}
