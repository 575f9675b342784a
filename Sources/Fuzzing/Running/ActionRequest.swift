import EventStream

/// A request that carries out an action.
///
/// `{id}`, `{topic}`, `{topics}` and `{data}` in target and body stand for what the action is about.
public struct ActionRequest: Sendable {
    /// The request method.
    public var method: String
    /// The request target: path and query.
    public var target: String
    /// The body; nil for none.
    public var body: String?
    /// Further header fields.
    public var fields: [HTTPField] = []
    /// Where it is sent; nil for where streams are opened.
    public var destination: Destination?

    /// A request from its parts.
    public init(method: String, target: String, body: String? = nil) {
        self.method = method
        self.target = target
        self.body = body
    }

    /// What an action is about.
    struct Subject {
        var id = ""
        var topics: [String] = []
        var data: [UInt8] = []
        /// Header fields of this one request.
        var fields: [HTTPField] = []
    }

    /// The request's bytes; nothing is checked, since what breaks a request is what is looked for.
    func bytes(_ subject: Subject, host: String) -> [UInt8] {
        var head = "\(method) \(fill(target, subject)) HTTP/1.1\r\nHost: \(host)\r\n"
        for field in fields + subject.fields { head += "\(field.name): \(field.value)\r\n" }
        var bytes = Array(head.utf8)
        guard let body else { return bytes + Array("\r\n".utf8) }
        let content = fillBody(body, subject)
        bytes += Array("Content-Length: \(content.count)\r\n\r\n".utf8)
        return bytes + content
    }

    private func fill(_ text: String, _ subject: Subject) -> String {
        text.replacing("{id}", with: subject.id)
            .replacing("{topics}", with: subject.topics.joined(separator: ","))
            .replacing("{topic}", with: subject.topics.first ?? "")
    }

    private func fillBody(_ text: String, _ subject: Subject) -> [UInt8] {
        let pieces = fill(text, subject).split(separator: "{data}", omittingEmptySubsequences: false)
        return Array(pieces.map { Array($0.utf8) }.joined(separator: subject.data))
    }
}
