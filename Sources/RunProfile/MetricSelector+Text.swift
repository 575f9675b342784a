extension MetricSelector {
    /// Reads a selector as PromQL writes it, with `=` and `!=`; nil where the text is none.
    public init?(_ text: String) {
        var rest = Substring(text.trimmingSpaces)
        let name = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == ":") }
        guard let first = name.first, !first.isNumber else { return nil }
        rest = rest.dropFirst(name.count).drop { $0 == " " }
        self.init(name: String(name))
        guard !rest.isEmpty else { return }
        guard rest.first == "{", rest.last == "}", rest.count >= 2 else { return nil }
        rest = rest.dropFirst().dropLast()
        Self.skipSpaces(&rest)
        while !rest.isEmpty {
            guard matchers.count < Self.matcherLimit, let matcher = Self.matcher(&rest) else { return nil }
            matchers.append(matcher)
            Self.skipSpaces(&rest)
            guard rest.first == "," || rest.isEmpty else { return nil }
            rest = rest.dropFirst()
            Self.skipSpaces(&rest)
        }
    }

    private static func skipSpaces(_ rest: inout Substring) { rest = rest.drop { $0 == " " } }

    private static func matcher(_ rest: inout Substring) -> Matcher? {
        let label = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
        guard let first = label.first, !first.isNumber else { return nil }
        rest = rest.dropFirst(label.count)
        skipSpaces(&rest)
        let isEqual = rest.first == "="
        guard isEqual || rest.hasPrefix("!=") else { return nil }
        rest = rest.dropFirst(isEqual ? 1 : 2)
        skipSpaces(&rest)
        return quoted(&rest).map { Matcher(label: String(label), value: $0, isEqual: isEqual) }
    }

    /// A value in double quotes, with `\\`, `\"` and `\n` for backslash, quote and line feed.
    private static func quoted(_ rest: inout Substring) -> String? {
        guard rest.popFirst() == "\"" else { return nil }
        var value = ""
        while let character = rest.popFirst() {
            switch character {
            case "\"": return value
            case "\\":
                switch rest.popFirst() {
                case "\\": value.append("\\")
                case "\"": value.append("\"")
                case "n": value.append("\n")
                default: return nil
                }
            default: value.append(character)
            }
        }
        return nil
    }
}
