import EventStream
import Vocabulary

/// A small blocking WebSocket client (RFC 6455), without extensions; for one thread.
final class WebSocketClient {
    private static let bufferSize = 64 << 10

    private let connection: HTTPConnection
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bufferSize, alignment: 1)
    private var reader = WebSocketReader()

    /// Connects and shakes hands.
    ///
    /// - Parameter deadline: in ns of the monotonic clock.
    /// - Throws: ``HTTPClientError`` with the name of a system error, or of a ``WebSocketError``.
    init(url: TargetURL, deadline: Nanoseconds) throws(HTTPClientError) {
        let handshake = WebSocketHandshake()
        let request: [UInt8]
        do {
            request = try handshake.request(url: url)
        } catch {
            throw HTTPClientError(error)
        }
        connection = try HTTPConnection.open(url: url, tls: nil, deadline: deadline)
        try connection.send(request, by: deadline)
        var parser = HTTPResponseHeadParser(limitBytes: WebSocketLimits.headBytes)
        defer { parser.release() }
        while true {
            guard let count = try connection.receive(into: buffer, by: deadline) else { throw .closedBeforeResponse }
            let received = UnsafeRawBufferPointer(rebasing: buffer[..<count])
            do {
                guard let parsed = try parser.parse(received) else { continue }
                guard handshake.isAccepted(by: parsed.head) else { throw HTTPClientError(WebSocketError.refused) }
                reader.append(UnsafeRawBufferPointer(rebasing: received[parsed.consumed...]))
                return
            } catch let error as HTTPHeadError {
                throw HTTPClientError(error)
            } catch {
                throw HTTPClientError(WebSocketError.refused)
            }
        }
    }

    deinit {
        connection.close()
        buffer.deallocate()
    }

    /// Sends one text message.
    func send(_ text: String, by deadline: Nanoseconds) throws(HTTPClientError) {
        try send(.text, Array(text.utf8), by: deadline)
    }

    /// Waits for the next text message; pings are answered, and other messages passed over.
    func receive(by deadline: Nanoseconds) throws(HTTPClientError) -> [UInt8] {
        var pings = 0
        while true {
            while let message = try next() {
                switch message.opcode {
                case .text: return message.payload
                case .ping:
                    pings += 1
                    guard pings <= WebSocketLimits.pings else { throw HTTPClientError(WebSocketError.pingLimit) }
                    try send(.pong, message.payload, by: deadline)
                case .close:
                    // The close is answered in kind (RFC 6455, 5.5.1).
                    try send(.close, message.payload, by: deadline)
                    throw HTTPClientError(WebSocketError.closed)
                case .binary, .pong, .continuation: break
                }
            }
            guard let count = try connection.receive(into: buffer, by: deadline) else {
                throw HTTPClientError(WebSocketError.closed)
            }
            reader.append(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }

    private func next() throws(HTTPClientError) -> WebSocketReader.Message? {
        do {
            return try reader.next()
        } catch {
            throw HTTPClientError(error)
        }
    }

    private func send(_ opcode: WebSocketOpcode, _ payload: [UInt8], by deadline: Nanoseconds) throws(HTTPClientError) {
        let mask = UInt32.random(in: .min ... .max)
        try connection.send(WebSocketFrame.bytes(opcode, payload, mask: mask), by: deadline)
    }
}
