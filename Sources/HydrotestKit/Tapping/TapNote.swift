import EventStream

/// What can be seen of a stream beside its events' text.
public enum TapNote: Equatable, Sendable {
    /// TLS stands; its version.
    case tls(version: String)
    /// The response head, also one that begins no event stream.
    case head(HTTPResponseHead)
    /// The head begins an event stream that can be read; what follows is its body.
    case began
    /// An event; its type and the bytes of its data.
    case event(name: String, bytes: Int)
    /// A comment line.
    case comment
}
