/// What a case mutates.
public enum CaseKind: String, CaseIterable, Codable, Sendable {
    /// The bytes of requests, and how they are delivered.
    case wire
    /// The order of what clients do: connect, subscribe, publish, drop.
    case state
    /// TLS records and handshake messages.
    case tls
}
