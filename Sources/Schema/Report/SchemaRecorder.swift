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
