/// The last event ID that a client sends.
enum Resumption: Equatable, Sendable {
    /// The last but one that a client of the case was sent.
    case client(Int)
    /// The last but one that the canaries were sent.
    case canary
    /// A text.
    case text(String)
}
