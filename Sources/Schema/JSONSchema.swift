import Vocabulary

/// A schema of JSON values (JSON Schema 2020-12).
public struct JSONSchema: Equatable, Sendable {
    /// The dialect.
    public static let dialect = "https://json-schema.org/draft/2020-12/schema"

    /// A key of an object, and what may stand there.
    public struct Property: Equatable, Sendable {
        /// The key.
        public var name: String
        /// What may stand there.
        public var schema: JSONSchema
        /// Whether it must be there.
        public var isRequired: Bool

        /// A property from its parts.
        ///
        /// - Parameter description: what an editor says of the key; empty for nothing.
        public init(_ name: String, _ schema: JSONSchema, _ description: String = "", isRequired: Bool = false) {
            self.name = name
            self.schema = description.isEmpty ? schema : schema.with("description", .text(description))
            self.isRequired = isRequired
        }
    }

    /// The keywords, in order.
    public private(set) var keywords: [SchemaValue.Member]

    /// A schema of keywords.
    public init(_ keywords: [SchemaValue.Member] = []) { self.keywords = keywords }

    /// The schema as a JSON value.
    public var value: SchemaValue { .object(keywords) }

    /// The same schema with one keyword more, before the others.
    public func with(_ name: String, _ value: SchemaValue) -> JSONSchema {
        JSONSchema([SchemaValue.Member(name, value)] + keywords)
    }

    /// The same schema with one keyword more, after the others.
    public func adding(_ name: String, _ value: SchemaValue) -> JSONSchema {
        JSONSchema(keywords + [SchemaValue.Member(name, value)])
    }

    /// An object of known keys, and no others.
    public static func object(_ properties: [Property]) -> JSONSchema {
        var schema = type("object").adding(
            "properties",
            .object(properties.map { SchemaValue.Member($0.name, $0.schema.value) })
        )
        let required = properties.filter(\.isRequired).map(\.name)
        if !required.isEmpty { schema = schema.adding("required", .list(required.map { .text($0) })) }
        return schema.adding("additionalProperties", .flag(false))
    }

    /// An object with keys of the user's own.
    public static func map(of values: JSONSchema) -> JSONSchema {
        type("object").adding("additionalProperties", values.value)
    }

    /// A list.
    public static func list(of items: JSONSchema, from least: Int = 0, upTo most: Int? = nil) -> JSONSchema {
        var schema = type("array").adding("items", items.value)
        if least > 0 { schema = schema.adding("minItems", .number("\(least)")) }
        if let most { schema = schema.adding("maxItems", .number("\(most)")) }
        return schema
    }

    /// A value of a type that has a name.
    public static func type(_ name: String) -> JSONSchema { JSONSchema([SchemaValue.Member("type", .text(name))]) }

    /// A text that a pattern is found in (ECMA-262).
    public static func text(matching pattern: String) -> JSONSchema {
        type("string").adding("pattern", .text(pattern))
    }

    /// One of some words.
    public static func words(_ words: [String]) -> JSONSchema {
        JSONSchema([SchemaValue.Member("enum", .list(words.map { .text($0) }))])
    }

    /// What one schema at least allows.
    public static func any(of schemas: [JSONSchema]) -> JSONSchema {
        JSONSchema([SchemaValue.Member("anyOf", .list(schemas.map(\.value)))])
    }

    /// What a definition of the document says.
    public static func definition(_ name: String) -> JSONSchema {
        JSONSchema([SchemaValue.Member("$ref", .text("#/$defs/\(name)"))])
    }

    /// The schema as a document of its own.
    ///
    /// - Parameter definitions: what its references lead to.
    public func document(id: String, title: String, definitions: [(String, JSONSchema)] = []) -> String {
        var schema = with("title", .text(title)).with("$id", .text(id)).with("$schema", .text(Self.dialect))
        if !definitions.isEmpty {
            schema = schema.adding("$defs", .object(definitions.map { SchemaValue.Member($0.0, $0.1.value) }))
        }
        return schema.value.json
    }
}

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
