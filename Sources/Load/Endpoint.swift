import EventLoop
import Transport
import Vocabulary

/// Where and what a scenario's connections ask: addresses, TLS and the bytes of the requests, shared by all of them.
public final class Endpoint: @unchecked Sendable {
    /// The target's addresses, used in turn.
    let targets: [SocketAddress]
    /// The addresses to connect from, used in turn; empty for the kernel's choice.
    let sources: [SocketAddress]
    /// The shared state of TLS sessions; nil for plain connections.
    let tls: TLSClientContext?
    /// How many requests there are, of which each connection sends one.
    public let requestCount: Int
    /// All requests, one after the other.
    private let requests: UnsafeRawBufferPointer
    /// Where each request ends.
    private let ends: UnsafeBufferPointer<Int>
    /// Where another header line can be added to each request: before the empty line that ends its head.
    private let fieldEnds: UnsafeBufferPointer<Int>
    /// The cookies of the requests.
    private let cookies: RequestCookies
    /// The most that the kernel may receive ahead of the reader, in bytes; nil for its choice.
    let receiveBuffer: Int?
    /// Whether the response has no body, as the request's method is `HEAD`.
    let isHead: Bool

    /// An endpoint.
    ///
    /// - Parameters:
    ///   - targets: the target's addresses, at least one.
    ///   - sources: the addresses to connect from; empty for the kernel's choice.
    ///   - tls: the shared state of TLS sessions; nil for plain connections.
    ///   - method: the request's method, in capitals.
    ///   - requests: the bytes of at least one request, each of at least two.
    ///   - receiveBuffer: the most that the kernel may receive ahead of the reader, in bytes; nil for its choice.
    public init(
        targets: [SocketAddress],
        sources: [SocketAddress],
        tls: TLSClientContext?,
        method: String,
        requests: [[UInt8]],
        receiveBuffer: Int? = nil
    ) {
        precondition(!targets.isEmpty && !requests.isEmpty && requests.allSatisfy { $0.count >= 2 })
        self.targets = targets
        self.sources = sources
        self.tls = tls
        isHead = method == "HEAD"
        self.receiveBuffer = receiveBuffer
        requestCount = requests.count
        cookies = RequestCookies(requests)
        let total = requests.reduce(0) { $0 + $1.count }
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: total, alignment: 1)
        let ends = UnsafeMutableBufferPointer<Int>.allocate(capacity: requests.count)
        let fieldEnds = UnsafeMutableBufferPointer<Int>.allocate(capacity: requests.count)
        var end = 0
        for (index, request) in requests.enumerated() {
            UnsafeMutableRawBufferPointer(rebasing: copy[end..<(end + request.count)]).copyBytes(from: request)
            end += request.count
            ends.initializeElement(at: index, to: end)
            fieldEnds.initializeElement(at: index, to: Self.fieldsEnd(of: request))
        }
        self.requests = UnsafeRawBufferPointer(copy)
        self.ends = UnsafeBufferPointer(ends)
        self.fieldEnds = UnsafeBufferPointer(fieldEnds)
    }

    /// How many different cookies the requests carry.
    var cookieCount: Int { cookies.count }

    /// Which cookie a request carries, by its position; nil for none.
    func cookie(of request: Int) -> Int? { cookies.cookie(of: request) }

    /// Where another header line can be added to a request, by its position.
    func fieldsEnd(_ index: Int) -> Int { fieldEnds[index] }

    /// The bytes of the longest request.
    var longestRequest: Int { (0..<requestCount).map { request($0).count }.max() ?? 0 }

    /// One request, by its position.
    func request(_ index: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: requests[(index == 0 ? 0 : ends[index - 1])..<ends[index]])
    }

    /// Whether connections are TLS ones.
    public var isTLS: Bool { tls != nil }

    private static func fieldsEnd(of request: [UInt8]) -> Int {
        let emptyLine = Array("\r\n\r\n".utf8)
        let start = request.indices.first { request[$0...].starts(with: emptyLine) }
        return start.map { $0 + 2 } ?? request.count
    }

    deinit {
        requests.deallocate()
        ends.deallocate()
        fieldEnds.deallocate()
    }
}
