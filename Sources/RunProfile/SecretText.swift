/// Takes secrets out of what is written down of a profile: the values of headers such as `Authorization` and `Cookie`,
/// and those of parameters such as `?access_token=`.
///
/// It knows just enough of YAML to find a key and the end of its value, so that comments and order stay as they are.
/// What a variable of the environment stands for is never in the text: `${TOKEN}` stays as it was written.
public enum SecretText {
    /// What stands for a secret.
    public static let mask = "•••"

    /// A profile's text without its secrets.
    public static func masked(_ text: String) -> String {
        var result: [String] = []
        // Lines that are indented deeper than a secret's key belong to its value.
        var key: Int?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if let depth = key {
                let isDeeper = line.prefix { $0 == " " }.count > depth
                if isDeeper, !isHarmless(String(line)) { continue }
                if !isDeeper, !line.allSatisfy(\.isWhitespace) { key = nil }
            }
            var scan = SecretLine(line)
            scan.mask()
            result.append(SecretAssignments(scan.shown).masked)
            if scan.isOpen { key = line.prefix { $0 == " " || $0 == "-" }.count }
        }
        return result.joined(separator: "\n")
    }

    /// An override, `KEY.PATH=VALUE`, without its secret.
    public static func masked(override text: String) -> String {
        guard let equals = text.firstIndex(of: "=") else { return masked(word: text) }
        let key = text[..<equals].split(separator: ".").last.map(String.init) ?? ""
        let value = String(text[text.index(after: equals)...])
        if isSecret(key) { return text[...equals] + (isHarmless(value) ? value : mask) }
        return text[...equals] + masked(value)
    }

    /// An address, or another word, without the secrets of its parameters.
    public static func masked(word: String) -> String { SecretAssignments(word).masked }

    /// The words of a command line without the secrets in its `--set` options.
    public static func masked(arguments: [String]) -> [String] {
        zip(arguments.indices, arguments).map { index, word in
            if index > 0, arguments[index - 1] == "--set" { return masked(override: word) }
            guard word.hasPrefix("--set=") else { return masked(word: word) }
            return "--set=" + masked(override: String(word.dropFirst("--set=".count)))
        }
    }

    /// Whether a key's value is a secret, by the key's name.
    package static func isSecret(_ key: String) -> Bool {
        let name = key.lowercased()
        let ends = [
            "authorization", "cookie", "token", "secret", "password", "passwd", "auth", "api-key", "apikey", "api_key",
            "access-key", "access_key", "credential", "credentials", "signature",
        ]
        return ends.contains(where: name.hasSuffix)
    }

    /// Whether a value holds nothing but variables and the scheme before one.
    static func isHarmless(_ value: String) -> Bool {
        var rest = value[...]
        var words = ""
        while let start = rest.firstRange(of: "${"), let end = rest[start.upperBound...].firstIndex(of: "}") {
            words += rest[..<start.lowerBound]
            rest = rest[rest.index(after: end)...]
        }
        words += rest
        let schemes: Set = ["bearer", "basic", "token", "digest"]
        return words.lowercased().split { " \t\"',".contains($0) }.allSatisfy { schemes.contains(String($0)) }
    }
}

/// One line of a profile, of which the values of secret keys are masked.
struct SecretLine {
    /// The line without its secrets, as far as it was read.
    private(set) var shown = ""
    /// Whether the value of a secret key may go on in the lines below.
    private(set) var isOpen = false
    private var rest: Substring
    /// How many maps in braces are open where the rest begins.
    private var depth = 0

    /// A line that is still to be masked.
    init(_ line: Substring) { rest = line }

    /// Reads the line to its end.
    mutating func mask() {
        while let colon = rest.firstIndex(of: ":") {
            let before = rest[..<colon]
            take(upTo: rest.index(after: colon))
            guard SecretText.isSecret(Self.key(endingAt: before)) else { continue }
            take(upTo: rest.firstIndex { $0 != " " && $0 != "\t" } ?? rest.endIndex)
            maskValue()
        }
        shown += rest
        rest = ""
    }

    private mutating func maskValue() {
        let (end, isWhole) = valueEnd()
        let value = String(rest[..<end])
        // A plain value goes on in deeper lines, and one that is still to come stands there.
        if depth <= 0, !isWhole || value.first != "\"" && value.first != "'" { isOpen = true }
        if isWhole, SecretText.isHarmless(value) {
            take(upTo: end)
            return
        }
        rest = rest[end...]
        shown += value.last == "\"" || value.last == "'" ? "\"\(SecretText.mask)\"" : SecretText.mask
    }

    /// Where the value ends that the rest starts with, and whether it ends in this line.
    private func valueEnd() -> (end: Substring.Index, isWhole: Bool) {
        guard let quote = rest.first, quote == "\"" || quote == "'" else {
            var index = rest.startIndex
            while index < rest.endIndex {
                if rest[index...].hasPrefix("${"), let close = rest[index...].firstIndex(of: "}") {
                    index = close
                } else if depth > 0, ",}".contains(rest[index]) {
                    return (rest[..<index].lastIndex { $0 != " " }.map { rest.index(after: $0) } ?? index, true)
                }
                index = rest.index(after: index)
            }
            return (index, !(rest.hasPrefix("|") || rest.hasPrefix(">")))
        }
        var index = rest.index(after: rest.startIndex)
        while index < rest.endIndex {
            if rest[index] == "\\", quote == "\"" {
                index = rest.index(after: index)
                if index == rest.endIndex { break }
            } else if rest[index] == quote {
                let next = rest.index(after: index)
                // Two single quotes are one in the value.
                guard quote == "'", next < rest.endIndex, rest[next] == "'" else { return (next, true) }
                index = next
            }
            index = rest.index(after: index)
        }
        return (rest.endIndex, false)
    }

    private mutating func take(upTo end: Substring.Index) {
        for character in rest[..<end] { depth += character == "{" ? 1 : character == "}" ? -1 : 0 }
        shown += rest[..<end]
        rest = rest[end...]
    }

    /// The key that a text ends with.
    private static func key(endingAt text: Substring) -> String {
        let bare = text.reversed().drop { "\"' \t".contains($0) }
        return String(bare.prefix { !" \t{,[\"'".contains($0) }.reversed())
    }
}

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
