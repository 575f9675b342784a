/// How a client connects.
enum Channel: String, CaseIterable, Sendable {
    /// To the plain port.
    case plain
    /// To the TLS port, with a handshake.
    case tls
    /// To the TLS port, without a handshake: what is sent are the bytes of TLS records.
    case raw
}
