import Vocabulary

/// How long an exchange waits; a test is less patient.
struct CheckPatience: Sendable {
    /// For a connection, its TLS handshake included, in ns.
    var connect = CheckLimits.connectTime
    /// For a response's head, in ns.
    var head = CheckLimits.headTime
    /// For the beginning of a stream, in ns.
    var briefly = CheckLimits.briefly
}
