/// What a request comes to.
enum Answer: Equatable, Sendable {
    /// A response of known length.
    case ordinary(OrdinaryResponse)
    /// An event stream.
    case eventStream(EventStreamRequest)
    /// The stream of a completion's tokens.
    case completion
    /// A broadcast, and how many clients it was sent to.
    case broadcast(topic: String, data: String)
}
