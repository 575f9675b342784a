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
