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
