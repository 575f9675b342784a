import Record

/// Finds out the schema of what a type decodes, by letting it decode and noting what it asks for.
///
/// So a schema cannot know another key than the type itself. Types whose decoding checks its values have a schema of
/// their own here.
final class SchemaDeriver {
    /// Why a schema cannot be derived.
    enum Problem: Error, Equatable {
        /// The type asks for something that has no keys; it needs a schema of its own.
        case notAnObject(String)
    }

    /// The schemas of the objects found, by name.
    private(set) var definitions: [String: JSONSchema] = [:]
    private var begun: Set<String> = []

    /// The schema of a type.
    ///
    /// - Throws: ``Problem``, or what the type's decoding refuses: an enumeration must be `CaseIterable`.
    func schema<Value: Decodable>(of type: Value.Type) throws -> JSONSchema {
        if let word = type as? any DerivedWord.Type { return word.schema }
        if let container = type as? any DerivedContainer.Type { return try container.schema(self) }
        if let words = Self.words(of: type) { return .words(words) }
        let name = Self.name(of: type)
        if type == LatencyHistogram.self {
            definitions[name] = Self.histogram
        } else if begun.insert(name).inserted {
            let recorder = SchemaRecorder(of: type, deriver: self, isShallow: false)
            _ = try Value(from: recorder)
            definitions[name] = .object(recorder.properties)
        }
        return .definition(name)
    }

    /// A value of a type, of which nothing matters.
    func value<Value: Decodable>(of type: Value.Type) throws -> Value {
        if let word = type as? any DerivedWord.Type, let value = word.value as? Value { return value }
        if let container = type as? any DerivedContainer.Type, let value = container.empty as? Value { return value }
        if type == LatencyHistogram.self, let value = LatencyHistogram() as? Value { return value }
        if let value = Self.first(of: type) as? Value { return value }
        // What is optional is left out, so that types which hold themselves come to an end.
        return try Value(from: SchemaRecorder(of: type, deriver: self, isShallow: true))
    }

    /// A histogram checks its buckets, each a value and a count.
    private static var histogram: JSONSchema {
        let whole = DerivedNumber.whole(isSigned: false)
        return .object([
            .init("max", whole, isRequired: true),
            .init("buckets", .list(of: .list(of: whole, from: 2, upTo: 2)), isRequired: true),
        ])
    }

    /// A type's name without its module: `GaugeSlope.Estimate`.
    private static func name(of type: any Any.Type) -> String {
        let full = String(reflecting: type)
        return full.firstIndex(of: ".").map { String(full[full.index(after: $0)...]) } ?? full
    }

    private static func words(of type: any Any.Type) -> [String]? {
        guard let type = type as? any CaseIterable.Type else { return nil }
        return words(ofCases: type)
    }

    private static func words<Cases: CaseIterable>(ofCases: Cases.Type) -> [String]? {
        let words = Cases.allCases.compactMap { ($0 as? any RawRepresentable)?.rawValue as? String }
        return words.isEmpty ? nil : words
    }

    private static func first(of type: any Any.Type) -> Any? {
        guard let type = type as? any CaseIterable.Type else { return nil }
        return first(ofCases: type)
    }

    private static func first<Cases: CaseIterable>(ofCases: Cases.Type) -> Any? { Cases.allCases.first }
}

/// A decoder that has no value, and notes each key that it is asked for.
final class SchemaRecorder: Decoder {
    let deriver: SchemaDeriver
    /// The type that decodes, for errors.
    let subject: String
    /// Whether nothing is noted, and what is optional is left out.
    let isShallow: Bool
    /// The keys that were asked for, in order.
    private(set) var properties: [JSONSchema.Property] = []
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    init(of subject: any Any.Type, deriver: SchemaDeriver, isShallow: Bool) {
        self.subject = String(reflecting: subject)
        self.deriver = deriver
        self.isShallow = isShallow
    }

    /// Notes a key, once.
    func note<Value: Decodable>(_ name: String, _ type: Value.Type, isRequired: Bool) throws -> Value {
        if !isShallow, !properties.contains(where: { $0.name == name }) {
            properties.append(JSONSchema.Property(name, try deriver.schema(of: type), isRequired: isRequired))
        }
        return try deriver.value(of: type)
    }

    func container<Key: CodingKey>(keyedBy: Key.Type) throws -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(SchemaKeys<Key>(recorder: self))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw Self.problem("\(subject), a list") }

    func singleValueContainer() throws -> any SingleValueDecodingContainer {
        throw Self.problem("\(subject), a single value")
    }

    /// What cannot be derived.
    static func problem(_ what: String) -> SchemaDeriver.Problem { .notAnObject(what) }
}

/// The keys of an object that a type decodes.
struct SchemaKeys<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let recorder: SchemaRecorder
    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { [] }

    /// Asked for what may be absent: the value that follows is an optional one.
    func contains(_ key: Key) -> Bool { !recorder.isShallow }

    func decodeNil(forKey key: Key) throws -> Bool { recorder.isShallow }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try recorder.note(key.stringValue, type, isRequired: true)
    }

    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        guard !recorder.isShallow else { return nil }
        return try recorder.note(key.stringValue, type, isRequired: false)
    }

    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try required(type, key) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try required(type, key) }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try required(type, key) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try required(type, key) }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try required(type, key) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try required(type, key) }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try required(type, key) }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try required(type, key) }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try required(type, key) }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try required(type, key) }

    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? { try optional(type, key) }
    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? { try optional(type, key) }
    func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? { try optional(type, key) }
    func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? { try optional(type, key) }
    func decodeIfPresent(_ type: Int32.Type, forKey key: Key) throws -> Int32? { try optional(type, key) }
    func decodeIfPresent(_ type: Int64.Type, forKey key: Key) throws -> Int64? { try optional(type, key) }
    func decodeIfPresent(_ type: UInt8.Type, forKey key: Key) throws -> UInt8? { try optional(type, key) }
    func decodeIfPresent(_ type: UInt16.Type, forKey key: Key) throws -> UInt16? { try optional(type, key) }
    func decodeIfPresent(_ type: UInt32.Type, forKey key: Key) throws -> UInt32? { try optional(type, key) }
    func decodeIfPresent(_ type: UInt64.Type, forKey key: Key) throws -> UInt64? { try optional(type, key) }

    private func required<Value: Decodable>(_ type: Value.Type, _ key: Key) throws -> Value {
        try recorder.note(key.stringValue, type, isRequired: true)
    }

    private func optional<Value: Decodable>(_ type: Value.Type, _ key: Key) throws -> Value? {
        guard !recorder.isShallow else { return nil }
        return try recorder.note(key.stringValue, type, isRequired: false)
    }

    // No record has these.
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { throw SchemaRecorder.problem("Float") }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { throw SchemaRecorder.problem("Int8") }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { throw SchemaRecorder.problem("Int16") }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { throw SchemaRecorder.problem("UInt") }

    func nestedContainer<Nested: CodingKey>(keyedBy: Nested.Type, forKey key: Key) throws
        -> KeyedDecodingContainer<Nested>
    { throw SchemaRecorder.problem("a nested object") }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        throw SchemaRecorder.problem("a nested list")
    }

    func superDecoder() throws -> any Decoder { throw SchemaRecorder.problem("a superclass") }
    func superDecoder(forKey key: Key) throws -> any Decoder { throw SchemaRecorder.problem("a superclass") }
}

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
