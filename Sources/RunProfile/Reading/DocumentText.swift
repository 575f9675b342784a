/// What can be said of a text before it is parsed.
enum DocumentText {
    /// Checks size, characters and aliases.
    ///
    /// - Throws: what is wrong, with its line.
    static func check(_ text: String) throws(SyntaxProblem) {
        guard text.utf8.count <= ProfileLimits.textBytes else {
            throw SyntaxProblem(
                line: 1,
                column: 1,
                problem: "\(text.utf8.count) bytes long",
                expectation: "at most \(ProfileLimits.textBytes) bytes"
            )
        }
        var (line, column) = (1, 1)
        for (position, scalar) in text.unicodeScalars.enumerated() {
            guard isPrintable(scalar) || (position == 0 && scalar == "\u{FEFF}") else {
                throw SyntaxProblem(
                    line: line,
                    column: column,
                    problem: "the character U+" + hexadecimal(scalar),
                    expectation: "printable text in UTF-8"
                )
            }
            (line, column) = scalar == "\n" ? (line + 1, 1) : (line, column + 1)
        }
        if let excess = AliasGuard.excess(in: text) {
            throw SyntaxProblem(
                line: 1,
                column: 1,
                problem: "\(excess.aliases) aliases",
                expectation: "at most \(excess.allowed) in a text of this size"
            )
        }
    }

    /// Whether YAML lets a character stand for itself (YAML 1.1, 5.1).
    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x85, 0xA0...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD, 0x10000...: true
        default: false
        }
    }

    private static func hexadecimal(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
