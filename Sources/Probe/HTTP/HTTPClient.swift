import EventLoop
import EventStream
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
