import EventLoop
import Glibc
import HTTP
import Transport
import Vocabulary

/// One connection of the client: a byte stream whose calls wait, up to a deadline.
package final class HTTPConnection {
    /// How often a wait looks whether it is to end, in ns.
    private static let lookEvery: Nanoseconds = 100 * .perMillisecond

    private let stream: ByteStream
    private let url: TargetURL
    private let isInterrupted: (() -> Bool)?
    /// Bytes received since the request was sent.
    var received = 0

    private init(stream: ByteStream, url: TargetURL, isInterrupted: (() -> Bool)?) {
        self.stream = stream
        self.url = url
        self.isInterrupted = isInterrupted
    }

    /// Connects to the first of the host's addresses that answers.
    ///
    /// - Parameter isInterrupted: looked at while a call waits, which it then ends with ``HTTPClientError/interrupted``;
    ///   nil where nothing but the deadline ends one.
    package static func open(
        url: TargetURL,
        tls: TLSClientContext?,
        deadline: Nanoseconds,
        isInterrupted: (() -> Bool)? = nil
    ) throws(HTTPClientError) -> HTTPConnection {
        let addresses: [SocketAddress]
        do {
            addresses = try SocketAddress.resolve(url.host, port: url.port)
        } catch {
            throw .unresolvedHost
        }
        var failure = HTTPClientError.unresolvedHost
        for address in addresses {
            let connection: HTTPConnection
            do {
                let stream = try ByteStream.connect(to: address, tls: tls)
                connection = HTTPConnection(stream: stream, url: url, isInterrupted: isInterrupted)
            } catch {
                failure = HTTPClientError(.system(error))
                continue
            }
            do {
                try connection.establish(by: deadline)
                return connection
            } catch {
                connection.close()
                guard error != .timeout, error != .interrupted else { throw error }
                failure = error
            }
        }
        throw failure
    }

    private func establish(by deadline: Nanoseconds) throws(HTTPClientError) {
        try wait(for: POLLOUT, by: deadline)
        if let failure = stream.connectError() { throw HTTPClientError(failure) }
        while true {
            switch stream.handshake() {
            case .established: return
            case .failed(let failure): throw HTTPClientError(failure)
            case .wouldBlock, .stopped: try wait(for: POLLIN, by: deadline)
            }
        }
    }

    /// The version of TLS that was agreed on; nil on a plain connection.
    package var tlsVersion: String? { stream.tlsVersion }

    /// Ends the connection.
    package func close() {
        stream.sendCloseNotify()
        stream.close()
    }

    /// Tells the ports of this end and of the other; nothing where the connection is gone.
    func tell(_ body: (_ local: UInt16, _ remote: UInt16) -> Void) {
        if let local = try? Socket.localAddress(stream.descriptor).port { body(local, url.port) }
    }

    /// Whether requests to an address can go over this connection.
    func leads(to other: TargetURL) -> Bool {
        url.host == other.host && url.port == other.port && url.tls == other.tls
    }

    /// Whether the idle connection has something to say: its end, or bytes that nobody asked for.
    var hasInput: Bool {
        var entry = pollfd(fd: stream.descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&entry, 1, 0) != 0
    }

    /// Sends what an exchange has to send.
    ///
    /// - Parameter rest: how many of its last bytes are held back.
    package func send(
        _ exchange: inout HTTPExchange,
        holdingBack rest: Int = 0,
        by deadline: Nanoseconds
    ) throws(HTTPClientError) {
        while exchange.pendingOutput.count > rest {
            switch exchange.pendingOutput.dropLast(rest).withUnsafeBytes(stream.write) {
            case .bytes(let count): exchange.sent(count)
            case .wouldBlock: try wait(for: POLLOUT, by: deadline)
            case .end: throw .closedBeforeResponse
            case .failed(let failure): throw HTTPClientError(failure)
            }
        }
    }

    /// Sends all bytes.
    func send(_ bytes: [UInt8], by deadline: Nanoseconds) throws(HTTPClientError) {
        var sent = 0
        while sent < bytes.count {
            switch bytes.withUnsafeBytes({ stream.write(UnsafeRawBufferPointer(rebasing: $0[sent...])) }) {
            case .bytes(let count): sent += count
            case .wouldBlock: try wait(for: POLLOUT, by: deadline)
            case .end: throw .closedBeforeResponse
            case .failed(let failure): throw HTTPClientError(failure)
            }
        }
    }

    /// Waits for bytes.
    ///
    /// - Returns: how many were read; nil at the end of the stream.
    package func receive(
        into buffer: UnsafeMutableRawBufferPointer,
        by deadline: Nanoseconds
    ) throws(HTTPClientError) -> Int? {
        while true {
            // A server that never stops sending must not hold the exchange past its deadline.
            guard MonotonicClock.now() < deadline else { throw .timeout }
            if isInterrupted?() == true { throw .interrupted }
            switch stream.read(into: buffer) {
            case .bytes(let count):
                received += count
                return count
            case .wouldBlock: try wait(for: POLLIN, by: deadline)
            case .end: return nil
            case .failed(let failure): throw HTTPClientError(failure)
            }
        }
    }

    private func wait(for events: Int32, by deadline: Nanoseconds) throws(HTTPClientError) {
        while true {
            let now = MonotonicClock.now()
            guard now < deadline else { throw .timeout }
            if isInterrupted?() == true { throw .interrupted }
            let end = isInterrupted == nil ? deadline : min(deadline, now + Self.lookEvery)
            // Rounded up, so that the last millisecond is not spent turning.
            let milliseconds = (end - now) / .perMillisecond + 1
            var entry = pollfd(fd: stream.descriptor, events: Int16(events), revents: 0)
            let count = poll(&entry, 1, Int32(clamping: milliseconds))
            if count > 0 { return }
            if count < 0, errno != EINTR { throw HTTPClientError(.system(.last)) }
        }
    }
}
