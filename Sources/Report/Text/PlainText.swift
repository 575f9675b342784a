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
