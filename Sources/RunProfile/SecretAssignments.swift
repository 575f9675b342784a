/// Masks secrets that are written as `name=value`, such as `?access_token=abc` and `PASSWORD=abc`, and those of
/// `//user:password@` in an address.
struct SecretAssignments {
    private static let ends: Set<Character> = ["&", "#", ";", ",", "\"", "'", " ", "\t", "}", "]", ")"]

    /// The text without its secrets.
    let masked: String

    /// Reads a line of text, an address, or a word of a command line.
    init(_ text: String) {
        var shown = ""
        var rest = Self.withoutUserInformation(text)[...]
        while let equals = rest.firstIndex(of: "=") {
            let value = rest.index(after: equals)
            let name = String(rest[..<equals].reversed().prefix(while: Self.isOfName).reversed())
            shown += rest[..<value]
            rest = rest[value...]
            guard SecretText.isSecret(name) else { continue }
            let end = Self.end(of: rest)
            let isHarmless = SecretText.isHarmless(String(rest[..<end]))
            shown += isHarmless ? String(rest[..<end]) : SecretText.mask
            rest = rest[end...]
        }
        masked = shown + rest
    }

    private static func isOfName(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || "_-.".contains(character)
    }

    /// Where a value ends; variables of the environment are part of it whole.
    private static func end(of text: Substring) -> Substring.Index {
        var index = text.startIndex
        while index < text.endIndex, !ends.contains(text[index]) {
            if text[index...].hasPrefix("${"), let close = text[index...].firstIndex(of: "}") { index = close }
            index = text.index(after: index)
        }
        return index
    }

    /// An address' user and password (RFC 3986, section 3.2.1) are masked together.
    private static func withoutUserInformation(_ text: String) -> String {
        var shown = ""
        var rest = text[...]
        while let slashes = rest.firstRange(of: "://") {
            shown += rest[..<slashes.upperBound]
            rest = rest[slashes.upperBound...]
            let authority = rest.prefix { !"/?#\"' \t,".contains($0) }
            guard let at = authority.lastIndex(of: "@") else { continue }
            shown += SecretText.isHarmless(String(authority[..<at])) ? String(authority[..<at]) : SecretText.mask
            rest = rest[at...]
        }
        return shown + rest
    }
}
