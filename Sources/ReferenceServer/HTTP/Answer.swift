/// What a request comes to.
enum Answer: Equatable, Sendable {
    /// A response of known length.
    case ordinary(OrdinaryResponse)
    /// An event stream whose client is subscribed to topics.
    case eventStream(topics: [String])
}
