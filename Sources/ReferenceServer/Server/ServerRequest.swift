import EventStream

/// A complete request, on its way to the handler thread.
struct ServerRequest: Sendable {
    let token: ConnectionToken
    let head: HTTPRequestHead
    let body: [UInt8]
    let response: StreamResponse
    /// Whether another request may follow on the connection.
    let keepAlive: Bool
}
