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
