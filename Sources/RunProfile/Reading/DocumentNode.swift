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
