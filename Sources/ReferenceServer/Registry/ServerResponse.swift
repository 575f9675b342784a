import EventStream

/// A response that stays open, in the shape that Node gives it (`http.ServerResponse`).
///
/// May be called from any thread.
public protocol ServerResponse: AnyObject, Sendable {
    /// Whether the connection is gone.
    var isClosed: Bool { get }

    /// Asks to be told when the connection is gone.
    ///
    /// As in Node, a handler that is registered after the close is never called.
    func onClose(_ handler: @escaping @Sendable () -> Void)

    /// Sets status and header fields; they leave with the first write, as in Node.
    func writeHead(status: Int, fields: [HTTPField])

    /// Sends bytes of the body.
    ///
    /// - Returns: false where the response is closed or ended and nothing is sent.
    @discardableResult func write(_ bytes: EventBytes) -> Bool

    /// Sends what is still to be sent, then closes.
    func end()
}
