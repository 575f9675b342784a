import EventLoop
import HTTP
import Record
import Synchronization
import Transport
import Vocabulary

/// The bystanders of a run, sent through its parts one after the other: before the load, beside it, after it.
public final class BystanderWatch {
    private let bystanders: [LoadBystander]
    private var thread:
        (part: WritableKeyPath<BystanderRecord, BystanderRecord.Part>, BystanderThread, OperatingSystemThread)?

    /// What the bystanders have seen in the parts that are over.
    public private(set) var records: [BystanderRecord]

    /// A watch that has sent nothing.
    public init(_ bystanders: [LoadBystander]) {
        self.bystanders = bystanders
        records = bystanders.map { BystanderRecord(name: $0.name, url: $0.url) }
    }

    deinit { end() }

    /// Whether there are any bystanders.
    public var isEmpty: Bool { bystanders.isEmpty }

    /// Begins a part; nothing where there are no bystanders.
    ///
    /// - Parameters:
    ///   - part: where what they see is put.
    ///   - progress: the load beside which they are sent, while it has streams open; nil for none.
    /// - Throws: `EMFILE`, `EAGAIN` and the like where the kernel gives no event loop or thread.
    public func begin(
        _ part: WritableKeyPath<BystanderRecord, BystanderRecord.Part>,
        beside progress: LoadProgress? = nil
    ) throws(SystemError) {
        guard !bystanders.isEmpty else { return }
        end()
        let sender = try BystanderThread(bystanders, beside: progress)
        thread = (part, sender, try OperatingSystemThread(name: "bystanders") { sender.run() })
    }

    /// Ends the part that goes on; waits a moment for the answers that are under way.
    public func end() {
        guard let (part, sender, running) = thread else { return }
        thread = nil
        sender.stop()
        running.join()
        for (index, seen) in sender.parts.enumerated() { records[index][keyPath: part].merge(seen) }
    }
}

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
    let request: HTTPRequest

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
        request = try HTTPRequest(
            method: method,
            target: path,
            // A connection of its own for each, so that none holds what the server gives to a connection.
            fields: fields + [HTTPField("Connection", "close")],
            body: body.map { Array($0.utf8) }
        )
    }

    /// Whether a status is what is expected.
    func accepts(_ status: Int) -> Bool { expect.map { $0 == status } ?? (200..<400).contains(status) }
}
