/// What the handler thread has the socket thread do with a connection.
enum SocketCommand: Sendable {
    /// Send a piece of an event stream, of which the first bytes may be the response's head.
    case event(ConnectionToken, [UInt8], headBytes: Int)
    /// Count heartbeats from now on, on behalf of a client.
    case registered(ConnectionToken, ClientID)
    /// Send a whole response; then expect another request, or close.
    case respond(ConnectionToken, [UInt8], keepAlive: Bool)
    /// Send what ends an event stream, then close.
    case end(ConnectionToken, [UInt8])
}
