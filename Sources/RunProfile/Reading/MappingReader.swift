/// Reads a map with known keys, and reports those that nobody asked for.
struct MappingReader {
    /// The map.
    let map: Field
    private let entries: [DocumentNode.Entry]
    private var knownKeys: [String] = []

    /// Begins to read a map.
    ///
    /// - Returns: nil, and an error reported, where the value is no map.
    init?(_ map: Field, expected expectation: String) {
        guard case .mapping(let entries) = map.node.content else {
            map.rejectKind(expected: expectation)
            return nil
        }
        self.map = map
        self.entries = entries
    }

    /// The value of a key, which is known from now on; nil where the map has none.
    mutating func field(_ key: String) -> Field? {
        knownKeys.append(key)
        guard let entry = entries.first(where: { $0.key == key }) else { return nil }
        return Field(context: map.context, path: map.path(of: key), node: entry.value)
    }

    /// The value of a key that must be there.
    ///
    /// - Returns: nil, and an error reported, where the map has none.
    mutating func required(_ key: String, expected expectation: String) -> Field? {
        if let field = field(key) { return field }
        Field(context: map.context, path: map.path(of: key), node: map.node).reject("missing", expected: expectation)
        return nil
    }

    /// Reads the value of a key, if it is there, in place of a default.
    mutating func read<Value>(_ key: String, into value: inout Value, _ reader: (Field) -> Value?) {
        if let field = field(key), let read = reader(field) { value = read }
    }

    /// Reports each key that nobody asked for.
    func finish() {
        for entry in entries where !knownKeys.contains(entry.key) {
            let nearest = map.context.isFull ? nil : NearestName.find(entry.key, among: knownKeys)
            map.context.report(
                ProfileError(
                    location: map.context.location(of: entry.origin),
                    keyPath: map.path(of: entry.key),
                    problem: "unknown key",
                    nearest: nearest,
                    knownKeys: knownKeys
                )
            )
        }
    }
}
