/// Names that are safe in a path.
enum FileName {
    /// A name with everything but letters, digits, dots, dashes and underscores replaced by dashes.
    static func safe(_ name: String) -> String {
        let kept = name.map { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) ? $0 : "-" }
        let text = String(kept.prefix(80).drop { $0 == "." })
        return text.isEmpty ? "run" : text
    }
}
