/// How a server breaks the rules of WebSocket, by the name it is counted under.
enum WebSocketError: String, Error, Sendable {
    /// A frame is none that a server may send (RFC 6455, 5.2).
    case badFrame = "WEBSOCKET_BAD_FRAME"
    /// The handshake was not accepted, or by something that is no WebSocket server (RFC 6455, 4.1).
    case refused = "WEBSOCKET_REFUSED"
    /// The server closed the connection.
    case closed = "WEBSOCKET_CLOSED"
    /// A message is larger than ``WebSocketLimits/messageBytes``.
    case messageLimit = "LIMIT_WEBSOCKET_MESSAGE_BYTES"
    /// More pings came than ``WebSocketLimits/pings``.
    case pingLimit = "LIMIT_WEBSOCKET_PINGS"
}
