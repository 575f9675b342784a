/// A type that JSON has a word or a number for.
protocol DerivedWord {
    /// Its schema.
    static var schema: JSONSchema { get }
    /// Any value.
    static var value: Self { get }
}

extension Bool: DerivedWord {
    static var schema: JSONSchema { .type("boolean") }
    static var value: Bool { false }
}

extension String: DerivedWord {
    static var schema: JSONSchema { .type("string") }
    static var value: String { "" }
}

extension Double: DerivedWord {
    static var schema: JSONSchema { .type("number") }
    static var value: Double { 0 }
}

/// Schemas of numbers.
enum DerivedNumber {
    /// A whole number.
    static func whole(isSigned: Bool) -> JSONSchema {
        isSigned ? .type("integer") : .type("integer").adding("minimum", .number("0"))
    }
}

extension DerivedWord where Self: FixedWidthInteger {
    static var schema: JSONSchema { DerivedNumber.whole(isSigned: isSigned) }
    static var value: Self { 0 }
}

extension Int: DerivedWord {}
extension Int32: DerivedWord {}
extension Int64: DerivedWord {}
extension UInt8: DerivedWord {}
extension UInt16: DerivedWord {}
extension UInt32: DerivedWord {}
extension UInt64: DerivedWord {}

/// A type that holds values of others.
protocol DerivedContainer {
    /// Its schema.
    ///
    /// - Throws: what the deriver throws.
    static func schema(_ deriver: SchemaDeriver) throws -> JSONSchema
    /// One without a value.
    static var empty: Self { get }
}

extension Array: DerivedContainer where Element: Decodable {
    static func schema(_ deriver: SchemaDeriver) throws -> JSONSchema {
        .list(of: try deriver.schema(of: Element.self))
    }
    static var empty: [Element] { [] }
}

extension Dictionary: DerivedContainer where Key: Decodable, Value: Decodable {
    static func schema(_ deriver: SchemaDeriver) throws -> JSONSchema {
        let map = JSONSchema.map(of: try deriver.schema(of: Value.self))
        return Key.self == String.self ? map : map.adding("propertyNames", try deriver.schema(of: Key.self).value)
    }

    static var empty: [Key: Value] { [:] }
}

extension Optional: DerivedContainer where Wrapped: Decodable {
    static func schema(_ deriver: SchemaDeriver) throws -> JSONSchema { try deriver.schema(of: Wrapped.self) }
    static var empty: Wrapped? { nil }
}
