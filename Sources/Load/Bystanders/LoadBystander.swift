import EventLoop
import EventStream
import Transport
import Vocabulary

/// An ordinary request to another endpoint, sent again and again to see whether streams harm it.
public struct LoadBystander: Sendable {
    /// What it is called in reports.
    public var name: String
    /// Where it asks, as reports may show it.
    public var url: String
    /// From one request to the next, in ns.
    public var every: Nanoseconds
    /// How long an answer may take from the request's scheduled moment, in ns.
    public var timeout: Nanoseconds
    /// The status that is expected; nil for any success or redirection (RFC 9110, 15.3 and 15.4).
    public var expect: Int?
    /// Where requests are sent: the host's addresses, used in turn.
    let targets: [SocketAddress]
    /// The shared state of TLS sessions; nil for plain connections.
    let tls: TLSClientContext?
    /// The whole request.
    let request: [UInt8]
    /// Whether the response has no body, as the request's method is `HEAD`.
    let isHead: Bool

    /// A bystander.
    ///
    /// - Parameters:
    ///   - name: what it is called in reports.
    ///   - url: where it asks, as reports may show it.
    ///   - every: from one request to the next, in ns, above 0.
    ///   - timeout: how long an answer may take, in ns.
    ///   - targets: the host's addresses, at least one.
    ///   - tls: the shared state of TLS sessions; nil for plain connections.
    ///   - method: the request's method, in capitals.
    ///   - path: the request target.
    ///   - fields: the header fields, but for the one that ends the connection, and the body's length.
    ///   - body: the request's body; nil for none.
    /// - Throws: which argument would break the head.
    public init(
        name: String,
        url: String,
        every: Nanoseconds,
        timeout: Nanoseconds,
        targets: [SocketAddress],
        tls: TLSClientContext?,
        method: String,
        path: String,
        fields: [HTTPField],
        body: String?
    ) throws(HTTPWriteError) {
        precondition(every > 0 && !targets.isEmpty)
        self.name = name
        self.url = url
        self.every = every
        self.timeout = timeout
        self.targets = targets
        self.tls = tls
        isHead = method == "HEAD"
        // A connection of its own for each, so that none holds what the server gives to a connection.
        var all = fields + [HTTPField("Connection", "close")]
        if let body { all.append(HTTPField("Content-Length", "\(body.utf8.count)")) }
        request = try HTTPHeadWriter.request(method: method, target: path, fields: all) + Array((body ?? "").utf8)
    }

    /// Whether a status is what is expected.
    func accepts(_ status: Int) -> Bool { expect.map { $0 == status } ?? (200..<400).contains(status) }
}
