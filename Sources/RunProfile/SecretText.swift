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
