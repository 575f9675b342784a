/// Text with `${NAME}` in it, filled in from the environment; `$${` stands for `${`.
enum EnvironmentText {
    /// Why a text cannot be filled in.
    enum Problem: Error, Equatable {
        /// The environment has no variable of that name.
        case missing(String)
        /// What stands between the braces is no name.
        case malformed(String)
        /// The filled-in text exceeds ``ProfileLimits/textBytes``.
        case tooLong
    }

    /// Fills in a text.
    ///
    /// - Parameter kept: names that stay as they are, since they stand for something else.
    /// - Throws: ``Problem`` for the first variable that cannot be had.
    static func expand(
        _ text: String,
        environment: [String: String],
        keeping kept: Set<String> = []
    ) throws(Problem) -> String {
        guard text.contains("${") else { return text }
        var result = ""
        var bytes = 0
        var rest = text[...]
        while let dollar = rest.firstIndex(of: "$") {
            var piece = String(rest[..<dollar])
            rest = rest[dollar...]
            if rest.hasPrefix("$${") {
                piece += "${"
                rest = rest.dropFirst(3)
            } else if rest.hasPrefix("${") {
                let name = rest.dropFirst(2).prefix { $0 != "}" }
                guard name.endIndex < rest.endIndex, isName(name) else { throw .malformed(String(name)) }
                if kept.contains(String(name)) {
                    piece += "${\(name)}"
                } else {
                    guard let value = environment[String(name)] else { throw .missing(String(name)) }
                    piece += value
                }
                rest = rest[name.endIndex...].dropFirst()
            } else {
                piece += "$"
                rest = rest.dropFirst()
            }
            bytes += piece.utf8.count
            guard bytes <= ProfileLimits.textBytes else { throw .tooLong }
            result += piece
        }
        return result + rest
    }

    /// Whether a text is a variable's name (POSIX.1-2024, XBD 8.1).
    private static func isName(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, !(0x30...0x39).contains(first) else { return false }
        return text.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"): true
            default: false
            }
        }
    }
}
