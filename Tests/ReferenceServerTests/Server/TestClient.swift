import EventLoop
import EventStream
import Glibc
import HTTP
import Transport
import Vocabulary

/// A blocking client; every call gives up after a deadline.
final class TestClient {
    struct Response: Equatable {
        var status: Int
        var fields: [HTTPField]
        var body: String
    }

    struct Failed: Error {
        let reason: String
    }

    static let patience: UInt64 = 10 * .perSecond

    let stream: ByteStream
    private var isOpen = true
    private var received: [UInt8] = []

    /// - Parameter tls: the trust for an `https` address.
    init(_ address: TargetURL, tls: TLSClientContext? = nil) throws {
        guard let target = SocketAddress(address.host, port: address.port) else { throw Failed(reason: "address") }
        stream = try ByteStream.connect(to: target, tls: address.tls ? tls : nil)
        try wait(for: Int16(POLLOUT))
        if let failure = stream.connectError() { throw failure }
        while true {
            switch stream.handshake() {
            case .established: return
            case .wouldBlock: try wait(for: Int16(POLLIN))
            case .stopped: throw Failed(reason: "stopped")
            case .failed(let failure): throw failure
            }
        }
    }

    deinit { close() }

    var descriptor: Int32 { stream.descriptor }

    func close() {
        if isOpen { stream.close() }
        isOpen = false
    }

    func drop(_ manner: Manner) throws {
        if try stream.drop(manner) { isOpen = false }
    }

    func send(_ text: String) throws { try send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            switch bytes.withUnsafeBytes({ stream.write(UnsafeRawBufferPointer(rebasing: $0[sent...])) }) {
            case .bytes(let count): sent += count
            case .wouldBlock: try wait(for: Int16(POLLOUT))
            case .end: throw Failed(reason: "end")
            case .failed(let failure): throw failure
            }
        }
    }

    func request(_ method: String, _ target: String, body: String = "", fields: [HTTPField] = []) throws -> Response {
        try sendRequest(method, target, body: body, fields: fields)
        return try response(toHead: method == "HEAD")
    }

    func sendRequest(_ method: String, _ target: String, body: String = "", fields: [HTTPField] = []) throws {
        var all = [HTTPField("Host", "localhost")] + fields
        if !body.isEmpty { all.append(HTTPField("Content-Length", "\(body.utf8.count)")) }
        try send(HTTPHeadWriter.request(method: method, target: target, fields: all) + Array(body.utf8))
    }

    /// Reads one response of known length.
    func response(toHead: Bool = false) throws -> Response {
        let head = try head()
        var decoder = BodyDecoder(try head.bodyFraming(toHead: toHead))
        var body: [UInt8] = []
        while !decoder.isComplete {
            let count = try received.withUnsafeBytes { bytes in
                var input = bytes
                while let slice = try decoder.next(&input) { body.append(contentsOf: slice) }
                return bytes.count - input.count
            }
            received.removeFirst(count)
            if !decoder.isComplete, try !receive() { throw Failed(reason: "end within the body") }
        }
        return Response(status: head.status, fields: head.fields, body: String(decoding: body, as: UTF8.self))
    }

    func head() throws -> HTTPResponseHead {
        while true {
            var parser = HTTPResponseHeadParser(limitBytes: 64 << 10)
            defer { parser.release() }
            if let parsed = try received.withUnsafeBytes({ try parser.parse($0) }) {
                received.removeFirst(parsed.consumed)
                return parsed.head
            }
            if try !receive() { throw Failed(reason: "end within the head") }
        }
    }

    /// Reads up to and with a text.
    ///
    /// - Returns: what stood before it.
    @discardableResult
    func read(until text: String) throws -> String {
        while true {
            if let range = received.firstRange(of: Array(text.utf8)) {
                defer { received.removeFirst(range.upperBound) }
                return String(decoding: received[..<range.lowerBound], as: UTF8.self)
            }
            if try !receive() { throw Failed(reason: "end before \"\(text)\"") }
        }
    }

    /// Reads to the end of the stream, an orderly or a violent one.
    func readToEnd() throws -> String {
        do {
            while try receive() {}
        } catch is Failure {}
        return String(decoding: received, as: UTF8.self)
    }

    private func receive() throws -> Bool {
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            switch buffer.withUnsafeMutableBytes({ stream.read(into: $0) }) {
            case .bytes(let count):
                received.append(contentsOf: buffer[..<count])
                return true
            case .wouldBlock: try wait(for: Int16(POLLIN))
            case .end: return false
            case .failed(let failure): throw failure
            }
        }
    }

    private func wait(for events: Int16) throws {
        var entry = pollfd(fd: stream.descriptor, events: events, revents: 0)
        guard poll(&entry, 1, Int32(Self.patience / .perMillisecond)) > 0 else { throw Failed(reason: "timeout") }
    }
}
