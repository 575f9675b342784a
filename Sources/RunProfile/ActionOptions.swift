import Vocabulary

/// How a server is asked for what its registry does; `hydrotest fuzz` plays with it.
///
/// `{topics}`, `{topic}`, `{id}` and, in a body, `{data}` stand for what an action is about.
public struct ActionOptions: Equatable, Sendable {
    /// One request.
    public struct Request: Equatable, Sendable {
        /// The request method, in capitals.
        public var method: String
        /// Where it is sent.
        public var address: Target.Address
        /// The request body; nil for none.
        public var body: String?

        /// A request without a body.
        public init(method: String, address: Target.Address) {
            self.method = method
            self.address = address
        }
    }

    /// Opens a stream; nil for the target's own address.
    public var connect: Request?
    /// Adds a topic to a stream.
    public var subscribe: Request?
    /// Takes a topic from a stream.
    public var unsubscribe: Request?
    /// Publishes an event.
    public var publish: Request?
    /// Shows whether the server is well; nil for the target's own address.
    public var health: Request?
    /// Where the first event's data tells the stream's `{id}`: a JSON Pointer (RFC 6901).
    public var identity = "/id"

    /// No actions.
    public init() {}
}

/// Reads `actions:`.
enum ActionsReader {
    private static let example =
        "a map, such as { publish: { url: \"http://127.0.0.1:8080/broadcast?topic={topic}\", body: \"{data}\" } }"

    /// Reads how a server is asked for what its registry does.
    static func read(_ field: Field, target: TargetKind) -> ActionOptions? {
        guard var keys = MappingReader(field, expected: example) else { return nil }
        defer { keys.finish() }
        var options = ActionOptions()
        keys.read("connect", into: &options.connect) {
            request($0, target, method: "GET", example: "/events?topics={topics}")
        }
        keys.read("subscribe", into: &options.subscribe) {
            request($0, target, method: "POST", example: "/subscribe?id={id}&topic={topic}")
        }
        keys.read("unsubscribe", into: &options.unsubscribe) {
            request($0, target, method: "POST", example: "/unsubscribe?id={id}&topic={topic}")
        }
        keys.read("publish", into: &options.publish) {
            request($0, target, method: "POST", example: "/broadcast?topic={topic}")
        }
        keys.read("health", into: &options.health) { request($0, target, method: "GET", example: "/healthz") }
        keys.read("identity", into: &options.identity) { JSONPointerReader.read($0) }
        return options
    }

    private static func request(
        _ field: Field,
        _ target: TargetKind,
        method: String,
        example: String
    ) -> ActionOptions.Request? {
        guard var keys = MappingReader(field, expected: "a map, such as { url: \"http://127.0.0.1:8080\(example)\" }")
        else {
            return nil
        }
        defer { keys.finish() }
        let address = keys.required("url", expected: "an http or https address")?
            .address(target: target, defaultPath: nil, example: example)
        var request = address.map { ActionOptions.Request(method: method, address: $0) }
        var written: String?
        keys.read("method", into: &written) { $0.method() }
        if let written { request?.method = written }
        var body: String?
        keys.read("body", into: &body) { $0.text(expected: "text, such as \"{data}\"") }
        request?.body = body
        return request
    }
}
