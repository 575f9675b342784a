/// Names the series of a metric: `http_errors`, or `http_errors{code="500", method!="HEAD"}`.
public struct MetricSelector: Hashable, Sendable {
    /// What a label must, or must not, be.
    public struct Matcher: Hashable, Sendable {
        /// The label's name.
        public var label: String
        /// The value; a label that a series does not have is empty.
        public var value: String
        /// Whether the label must have the value, or must not.
        public var isEqual: Bool

        /// A matcher from its parts.
        public init(label: String, value: String, isEqual: Bool = true) {
            self.label = label
            self.value = value
            self.isEqual = isEqual
        }
    }

    /// The most labels that a selector names.
    public static let matcherLimit = 32

    /// The metric's name, as its samples carry it: a counter's ends in `_total`.
    public var name: String
    /// What its labels must be.
    public var matchers: [Matcher]

    /// A selector from its parts.
    public init(name: String, matchers: [Matcher] = []) {
        self.name = name
        self.matchers = matchers
    }

    /// Whether a series' labels are those that are meant; labels that are not named may be anything.
    public func matches(_ labels: [String: String]) -> Bool {
        matchers.allSatisfy { (labels[$0.label] ?? "" == $0.value) == $0.isEqual }
    }
}

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

/// Reads what names the series of a metric.
enum MetricSelectorReader {
    /// Reads a metric's name, with or without labels.
    static func read(_ field: Field) -> MetricSelector? {
        let expectation = "a metric with or without labels, such as sse_clients or 'errors{code=\"500\"}'"
        guard let text = field.text(expected: expectation) else { return nil }
        guard text.utf8.count <= ProfileLimits.addressBytes, let selector = MetricSelector(text) else {
            field.rejectKind(expected: expectation)
            return nil
        }
        return selector
    }
}
