/// A value given beside a profile in place of the one it holds: `scenarios.droppers.connections=500`.
///
/// The keys before the first `=` lead from the document's root to a value; an item of a list is named by its position,
/// from 0, or by its `name`. Maps that are missing are made. The value is read as YAML, and checked as the profile's own.
public struct ProfileOverride: Hashable, Sendable {
    /// The override as written: `KEY.PATH=VALUE`.
    public var text: String

    /// An override that is checked when the profile is read.
    public init(_ text: String) { self.text = text }
}

/// Applies overrides to a document before it is read.
struct OverrideReader {
    /// What the readers share.
    let context: ReadingContext
    /// The override that is applied.
    let override: ProfileOverride

    private var origin: DocumentNode.Origin { .override(override.text) }

    /// Replaces or adds the value that the override names; reports what is wrong with it.
    func apply(to root: inout DocumentNode) {
        let parts = override.text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let keys = parts[0].split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, keys.count <= ProfileLimits.depth, !keys.contains("") else {
            reject("", "not KEY.PATH=VALUE", expected: "keys and a value, such as scenarios.0.connections=500")
            return
        }
        do {
            let value = try DocumentParser.parse(String(parts[1]), origin: origin)
            let null = DocumentNode(origin: origin, content: .scalar("", plain: true))
            set(keys[...], of: &root, to: value ?? null, path: "")
        } catch {
            reject(keys.joined(separator: "."), error.problem, expected: error.expectation)
        }
    }

    private func set(_ keys: ArraySlice<String>, of node: inout DocumentNode, to value: DocumentNode, path: String) {
        guard let key = keys.first else {
            node = value
            return
        }
        if node.isNull { node = DocumentNode(origin: origin, content: .mapping([])) }
        switch node.content {
        case .mapping(var entries):
            let position = entries.firstIndex { $0.key == key } ?? entries.count
            if position == entries.count {
                let null = DocumentNode(origin: origin, content: .scalar("", plain: true))
                entries.append(DocumentNode.Entry(key: key, origin: origin, value: null))
            }
            set(keys.dropFirst(), of: &entries[position].value, to: value, path: path.isEmpty ? key : "\(path).\(key)")
            node.content = .mapping(entries)
        case .sequence(var items):
            guard let position = position(of: key, in: items) else {
                rejectItem(key, of: items, path: path)
                return
            }
            set(keys.dropFirst(), of: &items[position], to: value, path: "\(path)[\(position)]")
            node.content = .sequence(items)
        case .scalar:
            reject(path, "found \(node.kind), which has no key \(Quotation.quote(key))", expected: "a map or a list")
        }
    }

    private func position(of key: String, in items: [DocumentNode]) -> Int? {
        if let named = items.firstIndex(where: { name(of: $0) == key }) { return named }
        guard let position = Int(key), items.indices.contains(position) else { return nil }
        return position
    }

    private func name(of item: DocumentNode) -> String? {
        guard case .mapping(let entries) = item.content,
            case .scalar(let name, _)? = entries.first(where: { $0.key == "name" })?.value.content
        else { return nil }
        return name
    }

    private func rejectItem(_ key: String, of items: [DocumentNode], path: String) {
        let names = items.compactMap(name)
        reject(
            path,
            "no item \(Quotation.quote(key))",
            expected: items.isEmpty
                ? "an item of the list, which is empty" : "a position from 0 to \(items.count - 1), or a name",
            nearest: NearestName.find(key, among: names)
        )
    }

    private func reject(_ path: String, _ problem: String, expected expectation: String?, nearest: String? = nil) {
        context.report(
            ProfileError(
                location: .override(override.text),
                keyPath: Quotation.shorten(path),
                problem: problem,
                expectation: expectation,
                nearest: nearest
            )
        )
    }
}
