/// A value of the profile that is about to be read, with its key's path.
struct Field {
    /// What the readers share.
    let context: ReadingContext
    /// The path of its key: `scenarios[0].drop`; empty for the document.
    let path: String
    /// What was written.
    let node: DocumentNode

    /// The path of a key of this map.
    func path(of key: String) -> String {
        let shown = Quotation.shorten(key)
        return path.isEmpty ? shown : "\(path).\(shown)"
    }

    /// Reports what is wrong with the value.
    func reject(_ problem: String, expected expectation: String? = nil, nearest: String? = nil) {
        context.report(
            ProfileError(
                location: context.location(of: node.origin),
                keyPath: path,
                problem: problem,
                expectation: expectation,
                nearest: nearest
            )
        )
    }

    /// Reports that the value is of the wrong kind.
    func rejectKind(expected expectation: String) {
        reject("found \(node.kind)", expected: expectation)
    }

    /// The items of a list.
    ///
    /// - Parameter limit: how many there may be, at most.
    /// - Returns: nil, and an error reported, where the value is no list.
    func items(limit: Int, expected expectation: String) -> [Field]? {
        guard case .sequence(let items) = node.content else {
            rejectKind(expected: expectation)
            return nil
        }
        guard items.count <= limit else {
            reject("\(items.count) items", expected: "at most \(limit)")
            return nil
        }
        return items.enumerated().map { Field(context: context, path: "\(path)[\($0.offset)]", node: $0.element) }
    }

    /// The pairs of a map with keys of the user's own.
    ///
    /// - Parameter limit: how many there may be, at most.
    /// - Returns: nil, and an error reported, where the value is no map.
    func pairs(limit: Int, expected expectation: String) -> [(key: String, value: Field)]? {
        guard case .mapping(let entries) = node.content else {
            rejectKind(expected: expectation)
            return nil
        }
        guard entries.count <= limit else {
            reject("\(entries.count) keys", expected: "at most \(limit)")
            return nil
        }
        return entries.map { ($0.key, Field(context: context, path: path(of: $0.key), node: $0.value)) }
    }
}

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
