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

/// One node of a profile's document, with where it was written.
struct DocumentNode: Equatable {
    /// Where a node was written.
    enum Origin: Equatable {
        /// In the profile; line and column count from 1.
        case file(line: Int, column: Int)
        /// In an override; its whole text.
        case override(String)
    }

    /// What a node is.
    enum Content: Equatable {
        /// Text; plain where it was written without quotation marks.
        case scalar(String, plain: Bool)
        /// A list.
        case sequence([DocumentNode])
        /// A map, in the order written; each key once.
        case mapping([Entry])
    }

    /// A key and its value.
    struct Entry: Equatable {
        /// The key.
        var key: String
        /// Where the key was written.
        var origin: Origin
        /// The value.
        var value: DocumentNode
    }

    /// Where the node was written.
    var origin: Origin
    /// What the node is.
    var content: Content

    /// Whether nothing was written, or one of YAML's words for it.
    var isNull: Bool {
        guard case .scalar(let text, plain: true) = content else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(text)
    }

    /// What an error says was found.
    var kind: String {
        if isNull { return "nothing" }
        return switch content {
        case .scalar(let text, _): Quotation.quote(text)
        case .sequence: "a list"
        case .mapping: "a map"
        }
    }
}

/// Why a text is no document.
struct SyntaxProblem: Error, Equatable {
    /// The line, from 1.
    var line: Int
    /// The column, from 1, in Unicode scalars.
    var column: Int
    /// What is wrong.
    var problem: String
    /// What is expected; nil where the problem says it.
    var expectation: String?
}

extension SyntaxProblem {
    /// What the YAML parser found wrong with a text.
    init(_ error: any Error, in text: String) {
        switch error as? YamlError {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _):
            self.init(context: context?.text, problem: problem, mark: mark, in: text)
        case .composer(_, let problem, let mark, _) where problem.contains("another document"):
            self.init(
                line: mark.line,
                column: mark.column,
                problem: "a second document",
                expectation: "one document in a profile"
            )
        case .composer(let context, let problem, let mark, _):
            self.init(context: context?.text, problem: problem, mark: mark, in: text)
        case .duplicatedKeysInMapping(let duplicates, let context):
            let names = duplicates.prefix(10).map(Quotation.quote).joined(separator: ", ")
            self.init(
                line: max(1, context.mark.line),
                column: max(1, context.mark.column),
                problem: duplicates.count == 1 ? "duplicate key \(names)" : "duplicate keys \(names)",
                expectation: "each key of a map once"
            )
        default:
            self.init(line: 1, column: 1, problem: "not valid YAML")
        }
    }

    private init(context: String?, problem: String, mark: Mark, in text: String) {
        let reason = [context, problem].compactMap(\.self).joined(separator: ", ")
        self.init(
            line: mark.line,
            column: mark.column,
            problem: "not valid YAML (\(reason))",
            expectation: Self.isTab(at: mark, in: text) ? "spaces in place of a tab" : nil
        )
    }

    private static func isTab(at mark: Mark, in text: String) -> Bool {
        let lines = text.unicodeScalars.split(separator: "\n", maxSplits: mark.line, omittingEmptySubsequences: false)
        guard mark.line >= 1, mark.line <= lines.count else { return false }
        return lines[mark.line - 1].dropFirst(max(0, mark.column - 1)).first == "\t"
    }
}
