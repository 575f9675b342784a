extension JSONValue {
    /// The member of an object; nil where there is none, and of any other value.
    subscript(_ name: String) -> JSONValue? {
        if case .object(let members) = self { members[name] } else { nil }
    }

    /// The text; nil of any other value.
    var text: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The number; nil of any other value.
    var number: Double? {
        if case .number(let number) = self { number } else { nil }
    }

    /// The elements of an array; none of any other value.
    var elements: [JSONValue] {
        if case .array(let elements) = self { elements } else { [] }
    }
}
