/// What a client waits for.
enum Awaited: String, CaseIterable, Sendable {
    /// Nothing but that its request is with the kernel.
    case sent
    /// A response's head.
    case head
    /// A whole response, or an event.
    case answer
    /// An event.
    case event
    /// The connection's end.
    case end
}
