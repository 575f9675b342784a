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

/// Keeps documents away from the YAML parser whose aliases within aliases would keep it busy for ages.
///
/// The parser hashes the keys of every map; a key that is an alias of aliases takes time that multiplies with each level.
/// `n` aliases write out to at most 3^(n/3) times the text, since 3 is the best number of aliases for a level.
enum AliasGuard {
    /// How many aliases the text holds by the look of it, and how many it may; nil where all is well.
    static func excess(in text: String) -> (aliases: Int, allowed: Int)? {
        let aliases = count(of: "*", in: text)
        var allowed = 0
        var work = max(1, text.utf8.count)
        while work <= ProfileLimits.aliasWork / 3 {
            work *= 3
            allowed += 3
        }
        guard aliases > allowed, count(of: "&", in: text) > 0 else { return nil }
        return (aliases, allowed)
    }

    /// Counts the marks that could begin an alias or anchor: before a letter of its name, and not within a word.
    ///
    /// Counts some that are in comments or quotation marks, and misses none (YAML 1.1, 7.1).
    private static func count(of mark: Unicode.Scalar, in text: String) -> Int {
        var count = 0
        var (last, previous) = (UInt8(ascii: "\n"), UInt8(ascii: "\n"))
        for byte in text.utf8 {
            if previous == UInt8(ascii: mark), isLetter(byte), canPrecede(last) { count += 1 }
            (last, previous) = (previous, byte)
        }
        return count
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"): true
        default: false
        }
    }

    /// Whether a token can begin after a byte; any outside ASCII may be the end of a line.
    private static func canPrecede(_ byte: UInt8) -> Bool {
        byte <= 0x20 || byte >= 0x80 || "[]{},:\"'-?".utf8.contains(byte)
    }
}
