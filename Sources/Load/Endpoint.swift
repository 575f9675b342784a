import EventLoop
import EventStream
import Transport
import Vocabulary

/// Where and what a scenario's connections ask: addresses, TLS and the bytes of the request, shared by all of them.
public final class Endpoint: @unchecked Sendable {
    /// The target's addresses, used in turn.
    let targets: [SocketAddress]
    /// The addresses to connect from, used in turn; empty for the kernel's choice.
    let sources: [SocketAddress]
    /// The shared state of TLS sessions; nil for plain connections.
    let tls: TLSClientContext?
    /// The whole request.
    let request: UnsafeRawBufferPointer
    /// Where another header line can be added to the request: before the empty line that ends its head.
    let fieldsEnd: Int
    /// Whether the response has no body, as the request's method is `HEAD`.
    let isHead: Bool

    /// An endpoint.
    ///
    /// - Parameters:
    ///   - targets: the target's addresses, at least one.
    ///   - sources: the addresses to connect from; empty for the kernel's choice.
    ///   - tls: the shared state of TLS sessions; nil for plain connections.
    ///   - method: the request's method, in capitals.
    ///   - request: the bytes of the request, at least two.
    public init(
        targets: [SocketAddress],
        sources: [SocketAddress],
        tls: TLSClientContext?,
        method: String,
        request: [UInt8]
    ) {
        precondition(!targets.isEmpty && request.count >= 2)
        self.targets = targets
        self.sources = sources
        self.tls = tls
        isHead = method == "HEAD"
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: request.count, alignment: 1)
        copy.copyBytes(from: request)
        self.request = UnsafeRawBufferPointer(copy)
        fieldsEnd = Self.fieldsEnd(of: request)
    }

    /// Whether connections are TLS ones.
    public var isTLS: Bool { tls != nil }

    private static func fieldsEnd(of request: [UInt8]) -> Int {
        let emptyLine = Array("\r\n\r\n".utf8)
        let start = request.indices.first { request[$0...].starts(with: emptyLine) }
        return start.map { $0 + 2 } ?? request.count
    }

    deinit { request.deallocate() }
}
