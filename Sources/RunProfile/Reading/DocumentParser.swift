import Yams

/// Reads YAML text into a document of bounded size.
struct DocumentParser {
    /// The origin given to every node; nil to give each its line and column.
    private let origin: DocumentNode.Origin?
    /// How many more nodes the document may have.
    private var nodesLeft = ProfileLimits.nodes

    private init(origin: DocumentNode.Origin?) { self.origin = origin }

    /// Reads one document.
    ///
    /// - Parameter origin: the origin given to every node; nil to give each its line and column.
    /// - Returns: the root; nil where the text holds none.
    /// - Throws: where the text is no YAML, or exceeds a limit.
    static func parse(_ text: String, origin: DocumentNode.Origin? = nil) throws(SyntaxProblem) -> DocumentNode? {
        try DocumentText.check(text)
        let root: Node?
        do {
            // The parser keeps a pointer to the text: one too short to live on the heap would move.
            let padded = text.utf8.count < 32 ? text + "\n#" + String(repeating: " ", count: 32) : text
            root = try Parser(yaml: padded, resolver: .basic, encoding: .utf8).singleRoot()
        } catch {
            throw SyntaxProblem(error, in: text)
        }
        guard let root else { return nil }
        var parser = DocumentParser(origin: origin)
        return try parser.convert(root, depth: 0)
    }

    private func origin(of node: Node) -> DocumentNode.Origin {
        origin ?? .file(line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
    }

    private func problem(_ node: Node, _ problem: String, expected expectation: String? = nil) -> SyntaxProblem {
        SyntaxProblem(
            line: node.mark?.line ?? 1,
            column: node.mark?.column ?? 1,
            problem: problem,
            expectation: expectation
        )
    }

    private mutating func convert(_ node: Node, depth: Int) throws(SyntaxProblem) -> DocumentNode {
        guard nodesLeft > 0 else {
            throw problem(
                node,
                "too large",
                expected: "at most \(ProfileLimits.nodes) values, with aliases written out"
            )
        }
        nodesLeft -= 1
        guard depth < ProfileLimits.depth else {
            throw problem(node, "nested too deeply", expected: "at most \(ProfileLimits.depth) levels")
        }
        try checkTag(of: node)
        let content: DocumentNode.Content
        switch node {
        case .scalar(let scalar):
            content = .scalar(scalar.string, plain: scalar.style == .plain)
        case .sequence(let sequence):
            var items: [DocumentNode] = []
            for item in sequence { items.append(try convert(item, depth: depth + 1)) }
            content = .sequence(items)
        case .mapping(let mapping):
            content = .mapping(try convert(mapping, depth: depth))
        case .alias:
            throw problem(node, "an alias of nothing")
        }
        return DocumentNode(origin: origin(of: node), content: content)
    }

    private mutating func convert(_ mapping: Node.Mapping, depth: Int) throws(SyntaxProblem) -> [DocumentNode.Entry] {
        var entries: [DocumentNode.Entry] = []
        var merged: [DocumentNode.Entry] = []
        for (key, value) in mapping {
            guard case .scalar(let scalar) = key else { throw problem(key, "a key that is no text") }
            let node = try convert(value, depth: depth + 1)
            if scalar.string == "<<", scalar.style == .plain {
                merged += try mergedEntries(of: node, written: value)
            } else {
                entries.append(DocumentNode.Entry(key: scalar.string, origin: origin(of: key), value: node))
            }
        }
        // What a map says itself wins, then the first of the merged maps (yaml.org/type/merge.html).
        var keys = Set(entries.map(\.key))
        for entry in merged where keys.insert(entry.key).inserted { entries.append(entry) }
        return entries
    }

    private func mergedEntries(of node: DocumentNode, written: Node) throws(SyntaxProblem) -> [DocumentNode.Entry] {
        var entries: [DocumentNode.Entry] = []
        var maps = [node]
        if case .sequence(let items) = node.content { maps = items }
        for map in maps {
            guard case .mapping(let more) = map.content else {
                throw problem(
                    written,
                    "found \(map.kind) to merge",
                    expected: "an alias of a map, such as <<: *defaults"
                )
            }
            entries += more
        }
        return entries
    }

    private func checkTag(of node: Node) throws(SyntaxProblem) {
        let tag = node.tag.description
        let names = ["str", "int", "float", "bool", "null", "map", "seq"]
        guard names.contains(where: { tag == "tag:yaml.org,2002:" + $0 }) else {
            throw problem(node, "a tag (\(Quotation.shorten(tag)))", expected: "a value without one")
        }
    }
}
