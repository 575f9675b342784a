import Vocabulary

/// The bounds that a WebSocket connection is kept to.
enum WebSocketLimits {
    /// Bytes of one message, all its fragments together.
    static let messageBytes = 16 << 20
    /// Bytes of a control frame's payload (RFC 6455, 5.5).
    static let controlBytes = 125
    /// Bytes of the answer to the handshake.
    static let headBytes = 16 << 10
    /// Pings that are answered while one message is waited for.
    static let pings = 1_000
}
