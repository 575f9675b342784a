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
