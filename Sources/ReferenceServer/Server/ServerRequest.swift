import EventStream

/// A complete request, on its way to the handler thread.
struct ServerRequest: Sendable {
    let token: ConnectionToken
    /// The number of its connection, counted from the server's start.
    var connection = 0
    let head: HTTPRequestHead
    let body: [UInt8]
    let response: StreamResponse
    /// Whether another request may follow on the connection.
    let keepAlive: Bool
}
