import EventLoop
import EventStream
import HTTP
import Transport
import Vocabulary

/// A small blocking HTTP/1.1 client (RFC 9112) that keeps its connection for the next exchange.
///
/// One thread may use it at a time. It follows no redirection and asks for bodies without compression.
public final class HTTPClient: @unchecked Sendable {
    /// The largest body that is read, in bytes.
    public static let bodyLimit = 4 << 20
    /// The longest response head that is read, in bytes.
    public static let headLimit = 64 << 10
    /// Interim responses (1xx) that may come before the answer.
    public static let interimResponseLimit = 16

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
        let request = HTTPExchange(
            bytes: try Self.bytes(method: method, url: url, headers: headers, body: body),
            isHead: method == "HEAD",
            deadline: overflow ? .max : deadline
        )
        if let connection = takeKept(for: url, method: method) {
            do {
                return try finish(request, on: connection)
            } catch {
                guard connection.received == 0, error != .timeout else { throw error }
            }
        }
        let context = url.tls ? try context(for: url.host) : nil
        return try finish(request, on: try HTTPConnection.open(url: url, tls: context, deadline: request.deadline))
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

    private func finish(_ request: HTTPExchange, on connection: HTTPConnection) throws(HTTPClientError) -> HTTPAnswer {
        do {
            let answer = try request.run(on: connection, watch: watch)
            if connection.mayBeKept {
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

    private static func bytes(
        method: String,
        url: TargetURL,
        headers: [HTTPField],
        body: [UInt8]?
    ) throws(HTTPClientError) -> [UInt8] {
        var fields = [HTTPField("Host", url.hostHeader), HTTPField("Accept-Encoding", "identity")] + headers
        if let body { fields.append(HTTPField("Content-Length", String(body.count))) }
        do {
            return try HTTPHeadWriter.request(method: method, target: url.path, fields: fields) + (body ?? [])
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

/// One request and its answer on a connection that stands.
struct HTTPExchange {
    private static let bufferSize = 16 << 10

    /// The request, head and body.
    let bytes: [UInt8]
    /// Whether the answer has no body because only its head was asked for.
    let isHead: Bool
    /// When the answer must be complete, in ns of the monotonic clock.
    let deadline: Nanoseconds

    /// Sends the request and reads the answer.
    ///
    /// - Parameter watch: called with the connection's ports before the request's last byte is sent.
    func run(
        on connection: HTTPConnection,
        watch: ((_ local: UInt16, _ remote: UInt16) -> Void)? = nil
    ) throws(HTTPClientError) -> HTTPAnswer {
        connection.mayBeKept = false
        if let watch {
            try connection.send(Array(bytes.dropLast()), by: deadline)
            connection.tell(watch)
            try connection.send(Array(bytes.suffix(1)), by: deadline)
        } else {
            try connection.send(bytes, by: deadline)
        }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.bufferSize, alignment: 1)
        defer { buffer.deallocate() }
        var rest = UnsafeRawBufferPointer(rebasing: buffer[..<0])
        let head = try readHead(on: connection, buffer, &rest)
        let framing: BodyFraming
        do {
            framing = try head.bodyFraming(toHead: isHead)
        } catch {
            throw HTTPClientError(error)
        }
        guard framing == .none || head.contentCodings.allSatisfy({ $0 == .identity }) else { throw .contentCoding }
        let body = try readBody(framing, on: connection, buffer, &rest)
        // Bytes after the answer belong to nothing that was asked.
        connection.mayBeKept = head.keepAlive && framing != .untilClose && rest.isEmpty
        return HTTPAnswer(head: head, body: body)
    }

    private func readHead(
        on connection: HTTPConnection,
        _ buffer: UnsafeMutableRawBufferPointer,
        _ rest: inout UnsafeRawBufferPointer
    ) throws(HTTPClientError) -> HTTPResponseHead {
        var parser = HTTPResponseHeadParser(limitBytes: HTTPClient.headLimit)
        defer { parser.release() }
        var interimResponses = 0
        while true {
            while let head = try Self.nextHead(&parser, &rest) {
                guard head.isInterim else { return head }
                interimResponses += 1
                guard interimResponses <= HTTPClient.interimResponseLimit else { throw .interimResponseLimit }
            }
            guard let count = try connection.receive(into: buffer, by: deadline) else { throw .closedBeforeResponse }
            rest = UnsafeRawBufferPointer(rebasing: buffer[..<count])
        }
    }

    private func readBody(
        _ framing: BodyFraming,
        on connection: HTTPConnection,
        _ buffer: UnsafeMutableRawBufferPointer,
        _ rest: inout UnsafeRawBufferPointer
    ) throws(HTTPClientError) -> [UInt8] {
        if case .length(let length) = framing, length > UInt64(HTTPClient.bodyLimit) { throw .bodyLimit }
        var decoder = BodyDecoder(framing)
        var body: [UInt8] = []
        while true {
            while let slice = try Self.nextSlice(&decoder, &rest) {
                guard slice.count <= HTTPClient.bodyLimit - body.count else { throw .bodyLimit }
                body.append(contentsOf: slice)
            }
            if decoder.isComplete { return body }
            guard let count = try connection.receive(into: buffer, by: deadline) else {
                do {
                    try decoder.finish()
                } catch {
                    throw HTTPClientError(error)
                }
                return body
            }
            rest = UnsafeRawBufferPointer(rebasing: buffer[..<count])
        }
    }

    private static func nextHead(
        _ parser: inout HTTPResponseHeadParser,
        _ rest: inout UnsafeRawBufferPointer
    ) throws(HTTPClientError) -> HTTPResponseHead? {
        do {
            guard let parsed = try parser.parse(rest) else { return nil }
            rest = UnsafeRawBufferPointer(rebasing: rest[parsed.consumed...])
            return parsed.head
        } catch {
            throw HTTPClientError(error)
        }
    }

    private static func nextSlice(
        _ decoder: inout BodyDecoder,
        _ rest: inout UnsafeRawBufferPointer
    ) throws(HTTPClientError) -> UnsafeRawBufferPointer? {
        do {
            return try decoder.next(&rest)
        } catch {
            throw HTTPClientError(error)
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
    public static let bodyLimit = HTTPClientError(name: "LIMIT_BODY_BYTES")
    /// More interim responses came than ``HTTPClient/interimResponseLimit``.
    public static let interimResponseLimit = HTTPClientError(name: "LIMIT_INTERIM_RESPONSES")
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
