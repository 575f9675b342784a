import Vocabulary

/// A JSON value (RFC 8259, 3) whose members keep their order.
public indirect enum SchemaValue: Equatable, Sendable {
    /// A text.
    case text(String)
    /// A number, as its digits are written.
    case number(String)
    /// True or false.
    case flag(Bool)
    /// A list.
    case list([SchemaValue])
    /// Members in their order.
    case object([Member])

    /// A name and its value.
    public struct Member: Equatable, Sendable {
        /// The name.
        public var name: String
        /// The value.
        public var value: SchemaValue

        /// A member from its parts.
        public init(_ name: String, _ value: SchemaValue) {
            self.name = name
            self.value = value
        }
    }

    /// The value of a member; nil where there is none.
    public subscript(name: String) -> SchemaValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// The value as JSON, indented by two spaces a level.
    public var json: String { text(indent: "") }

    private func text(indent: String) -> String {
        let inner = indent + "  "
        switch self {
        case .text(let text): return JSONText.quote(text)
        case .number(let digits): return digits
        case .flag(let flag): return flag ? "true" : "false"
        case .list(let values):
            // Short lists of words read best in one line.
            let words = values.map { $0.text(indent: inner) }
            let line = "[\(words.joined(separator: ", "))]"
            if line.count + indent.count < 100, !line.contains("\n") { return line }
            return "[\n" + words.map { inner + $0 }.joined(separator: ",\n") + "\n\(indent)]"
        case .object(let members):
            guard !members.isEmpty else { return "{}" }
            let lines = members.map { "\(inner)\(JSONText.quote($0.name)): \($0.value.text(indent: inner))" }
            return "{\n" + lines.joined(separator: ",\n") + "\n\(indent)}"
        }
    }
}
