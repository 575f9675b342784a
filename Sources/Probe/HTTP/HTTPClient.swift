import EventLoop
import HTTP
import Transport
import Vocabulary

/// A small blocking HTTP/1.1 client (RFC 9112) that keeps its connection for the next exchange.
///
/// One thread may use it at a time. It follows no redirection and asks for bodies without compression.
public final class HTTPClient: @unchecked Sendable {
    /// The largest body that is read, in bytes.
    public static let bodyLimit = Int(HTTPExchange.Limits.ordinary.bodyBytes)
    /// The longest response head that is read, in bytes.
    public static let headLimit = HTTPExchange.Limits.ordinary.headBytes
    private static let bufferBytes = 16 << 10

    private let tls: TLSClientContext?
    private var kept: HTTPConnection?
    /// Called while the server holds the connection of an exchange: before the request's last byte, and after the answer
    /// where the connection is kept; with the ports of this end and of the other.
    var watch: (@Sendable (_ local: UInt16, _ remote: UInt16) -> Void)?
    private var ownContext: (serverName: String, context: TLSClientContext)?

    /// A client without a connection.
    ///
    /// - Parameter tls: the context of `https` addresses; nil for one that verifies the address's host against the
    ///   system's authorities.
    public init(tls: TLSClientContext? = nil) { self.tls = tls }

    deinit { kept?.close() }

    /// Closes the connection that is kept, so that the next exchange gets a new one.
    public func disconnect() {
        kept?.close()
        kept = nil
    }

    /// Sends a request and reads the answer, whatever its status.
    ///
    /// `Host`, `Accept-Encoding` and `Content-Length` are added. A connection kept from an earlier exchange that turns
    /// out to be closed before any byte of the answer is replaced once, without a word; a method that must not be sent
    /// twice (RFC 9110, 9.2.2) gets a new connection from the start.
    ///
    /// - Parameters:
    ///   - method: the request method, in capitals.
    ///   - url: where to.
    ///   - headers: further header fields.
    ///   - body: the request body; nil for none.
    ///   - timeout: ns for the whole exchange, but for looking up a host name, which the system bounds.
    /// - Throws: ``HTTPClientError``; the connection is then closed.
    public func exchange(
        method: String = "GET",
        url: TargetURL,
        headers: [HTTPField] = [],
        body: [UInt8]? = nil,
        timeout: Nanoseconds
    ) throws(HTTPClientError) -> HTTPAnswer {
        let (deadline, overflow) = MonotonicClock.now().addingReportingOverflow(timeout)
        let end = overflow ? Nanoseconds.max : deadline
        let request = try Self.request(method: method, url: url, headers: headers, body: body)
        if let connection = takeKept(for: url, method: method) {
            do {
                return try finish(request, on: connection, by: end)
            } catch {
                guard connection.received == 0, error != .timeout else { throw error }
            }
        }
        let context = url.tls ? try context(for: url.host) : nil
        return try finish(request, on: try HTTPConnection.open(url: url, tls: context, deadline: end), by: end)
    }

    private func takeKept(for url: TargetURL, method: String) -> HTTPConnection? {
        guard let connection = kept else { return nil }
        kept = nil
        let isSafeToRepeat = ["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE"].contains(method)
        guard isSafeToRepeat, connection.leads(to: url), !connection.hasInput else {
            connection.close()
            return nil
        }
        connection.received = 0
        return connection
    }

    private func finish(
        _ request: HTTPRequest,
        on connection: HTTPConnection,
        by deadline: Nanoseconds
    ) throws(HTTPClientError) -> HTTPAnswer {
        var exchange = HTTPExchange(request, limits: .ordinary)
        defer { exchange.release() }
        do {
            let answer = try run(&exchange, on: connection, by: deadline)
            if exchange.isReusable {
                if let watch { connection.tell(watch) }
                kept = connection
            } else {
                connection.close()
            }
            return answer
        } catch {
            connection.close()
            throw error
        }
    }

    /// Sends the request and reads the answer.
    private func run(
        _ exchange: inout HTTPExchange,
        on connection: HTTPConnection,
        by deadline: Nanoseconds
    ) throws(HTTPClientError) -> HTTPAnswer {
        if let watch {
            try connection.send(&exchange, holdingBack: 1, by: deadline)
            connection.tell(watch)
        }
        try connection.send(&exchange, by: deadline)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.bufferBytes, alignment: 1)
        defer { buffer.deallocate() }
        var partial = PartialAnswer()
        while true {
            guard let count = try connection.receive(into: buffer, by: deadline) else {
                do throws(HTTPExchangeError) {
                    try exchange.finish()
                } catch {
                    throw error == .endedBeforeHead ? .closedBeforeResponse : HTTPClientError(name: error.name)
                }
                break
            }
            try partial.take(UnsafeRawBufferPointer(rebasing: buffer[..<count]), of: &exchange)
            if exchange.isComplete { break }
        }
        guard let head = partial.head else { preconditionFailure("a whole answer has a head") }
        return HTTPAnswer(head: head, body: partial.body)
    }

    private func context(for host: String) throws(HTTPClientError) -> TLSClientContext {
        if let tls { return tls }
        if let ownContext, ownContext.serverName == host { return ownContext.context }
        do {
            let context = try TLSClientContext(serverName: host)
            ownContext = (host, context)
            return context
        } catch {
            throw .tlsContext
        }
    }

    private static func request(
        method: String,
        url: TargetURL,
        headers: [HTTPField],
        body: [UInt8]?
    ) throws(HTTPClientError) -> HTTPRequest {
        let fields = [HTTPField("Host", url.hostHeader), HTTPField("Accept-Encoding", "identity")] + headers
        do {
            return try HTTPRequest(method: method, target: url.path, fields: fields, body: body)
        } catch {
            throw HTTPClientError(error)
        }
    }
}

/// What a server answered to one request.
public struct HTTPAnswer: Equatable, Sendable {
    /// The response head.
    public let head: HTTPResponseHead
    /// The body, without its framing.
    public let body: [UInt8]

    /// The status code.
    public var status: Int { head.status }

    /// The answer itself, where its status is one of success, 200 to 299; redirections are not followed.
    ///
    /// - Throws: an error named after the status: `HTTP_500`.
    public func successful() throws(HTTPClientError) -> HTTPAnswer {
        guard (200..<300).contains(status) else { throw .status(status) }
        return self
    }
}

/// What has come of an answer.
private struct PartialAnswer {
    var head: HTTPResponseHead?
    var body: [UInt8] = []

    /// Takes bytes received.
    mutating func take(
        _ received: UnsafeRawBufferPointer,
        of exchange: inout HTTPExchange
    ) throws(HTTPClientError) {
        var input = received
        while let event = try Self.next(&input, of: &exchange) {
            switch event {
            case .head(let head):
                guard
                    exchange.failure != nil || !exchange.hasBody || head.contentCodings.allSatisfy({ $0 == .identity })
                else { throw .contentCoding }
                self.head = head
            case .body(let slice): body.append(contentsOf: slice)
            case .end: return
            }
        }
    }

    private static func next(
        _ input: inout UnsafeRawBufferPointer,
        of exchange: inout HTTPExchange
    ) throws(HTTPClientError) -> HTTPExchange.Event? {
        do throws(HTTPExchangeError) {
            return try exchange.next(&input)
        } catch {
            throw HTTPClientError(name: error.name)
        }
    }
}

/// Why an HTTP exchange brought no usable answer.
public struct HTTPClientError: Error, Hashable, Sendable {
    /// The name that errors are counted under: `ECONNREFUSED`, `TIMEOUT`, `HTTP_500`, `LIMIT_BODY_BYTES`.
    public let name: String

    /// An error from its name.
    public init(name: String) { self.name = name }

    /// The time allowed ran out.
    public static let timeout = HTTPClientError(name: GapName.timeout)
    /// Somebody asked for the end of the exchange.
    public static let interrupted = HTTPClientError(name: "INTERRUPTED")
    /// The host name has no address.
    public static let unresolvedHost = HTTPClientError(name: "UNRESOLVED_HOST")
    /// The server closed before the end of the response head.
    public static let closedBeforeResponse = HTTPClientError(name: "CLOSED_BEFORE_RESPONSE")
    /// The body is larger than ``HTTPClient/bodyLimit``.
    public static let bodyLimit = HTTPClientError(name: HTTPExchangeError.bodyLimit.name)
    /// The body is compressed, though only `identity` was asked for.
    public static let contentCoding = HTTPClientError(name: "UNEXPECTED_CONTENT_CODING")
    /// No TLS context can be made.
    public static let tlsContext = HTTPClientError(name: "TLS_CONTEXT")

    /// An answer whose status is not one of success.
    static func status(_ status: Int) -> HTTPClientError { HTTPClientError(name: "HTTP_\(status)") }

    init(_ failure: Failure) { name = failure.name }

    init<Named: RawRepresentable<String>>(_ error: Named) { name = error.rawValue }
}

extension HTTPClientError: CustomStringConvertible {
    /// The name.
    public var description: String { name }
}
