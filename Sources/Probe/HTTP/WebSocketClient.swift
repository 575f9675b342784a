import COpenSSL
import HTTP
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

/// The handshake of a WebSocket client (RFC 6455, 4.1).
struct WebSocketHandshake {
    /// What the server adds to the key (RFC 6455, 1.3).
    private static let identifier = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

    /// The value of `Sec-WebSocket-Key`: 16 bytes in base64.
    let key: String

    /// A handshake with a key of its own.
    init() {
        key = Self.base64((0..<16).map { _ in UInt8.random(in: .min ... .max) })
    }

    /// A handshake with a key that is given.
    init(key: String) { self.key = key }

    /// The bytes of the request.
    ///
    /// - Throws: which part of the address cannot stand in a request.
    func request(url: TargetURL) throws(HTTPWriteError) -> [UInt8] {
        try HTTPHeadWriter.request(
            method: "GET",
            target: url.path,
            fields: [
                HTTPField("Host", url.hostHeader), HTTPField("Upgrade", "websocket"),
                HTTPField("Connection", "Upgrade"),
                HTTPField("Sec-WebSocket-Key", key), HTTPField("Sec-WebSocket-Version", "13"),
            ]
        )
    }

    /// Whether an answer accepts this very handshake, with no extension that was not asked for.
    func isAccepted(by head: HTTPResponseHead) -> Bool {
        head.status == 101 && head.value(of: "upgrade")?.lowercased() == "websocket"
            && head.value(of: "sec-websocket-accept") == accept && head.value(of: "sec-websocket-extensions") == nil
    }

    /// What the server must answer: the key and the identifier, hashed with SHA-1, in base64 (RFC 6455, 4.2.2).
    var accept: String {
        let text = Array((key + Self.identifier).utf8)
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var size: UInt32 = 0
        guard EVP_Digest(text, text.count, &digest, &size, EVP_sha1(), nil) == 1 else { return "" }
        return Self.base64(Array(digest.prefix(Int(size))))
    }

    private static func base64(_ bytes: [UInt8]) -> String {
        var text = [UInt8](repeating: 0, count: (bytes.count + 2) / 3 * 4 + 1)
        let count = EVP_EncodeBlock(&text, bytes, Int32(bytes.count))
        return String(decoding: text.prefix(Int(count)), as: UTF8.self)
    }
}

/// Takes the messages out of what a WebSocket server sends (RFC 6455, 5): bytes in, whole messages out.
struct WebSocketReader {
    /// A whole message, or a control frame.
    struct Message: Equatable {
        /// `text`, `binary`, or a control frame's.
        var opcode: WebSocketOpcode
        /// All fragments together.
        var payload: [UInt8]
    }

    private let limit: Int
    private var bytes: [UInt8] = []
    private var position = 0
    /// The message whose fragments have begun to come.
    private var begun: Message?

    /// A reader of a connection from its first frame on.
    ///
    /// - Parameter limit: bytes that a message may have.
    init(limit: Int = WebSocketLimits.messageBytes) { self.limit = limit }

    /// Takes in what has arrived.
    mutating func append(_ received: UnsafeRawBufferPointer) {
        if position > 0 {
            bytes.removeFirst(position)
            position = 0
        }
        bytes.append(contentsOf: received)
    }

    /// The next message; nil where it has not arrived in whole.
    ///
    /// - Throws: ``WebSocketError`` where a frame breaks a rule, or a message is too large.
    mutating func next() throws(WebSocketError) -> Message? {
        while let frame = try frame() {
            if frame.opcode.isControl { return Message(opcode: frame.opcode, payload: frame.payload) }
            // A message starts with its kind and goes on with continuations (RFC 6455, 5.4).
            guard (frame.opcode == .continuation) == (begun != nil) else { throw .badFrame }
            var message = begun ?? Message(opcode: frame.opcode, payload: [])
            guard frame.payload.count <= limit - message.payload.count else { throw .messageLimit }
            message.payload += frame.payload
            begun = frame.isFinal ? nil : message
            if frame.isFinal { return message }
        }
        return nil
    }

    private mutating func frame() throws(WebSocketError) -> (opcode: WebSocketOpcode, isFinal: Bool, payload: [UInt8])?
    {
        let rest = bytes.count - position
        guard rest >= 2 else { return nil }
        let (first, second) = (bytes[position], bytes[position + 1])
        // No extension was asked for, so the reserved bits are zero; a server masks nothing.
        guard first & 0x70 == 0, second & 0x80 == 0, let opcode = WebSocketOpcode(rawValue: first & 0x0F) else {
            throw .badFrame
        }
        let isFinal = first & 0x80 != 0
        guard !opcode.isControl || (isFinal && second <= WebSocketLimits.controlBytes) else { throw .badFrame }
        let lengthBytes = second == 127 ? 8 : second == 126 ? 2 : 0
        guard rest >= 2 + lengthBytes else { return nil }
        var length = UInt64(second)
        if lengthBytes > 0 {
            length = bytes[(position + 2)..<(position + 2 + lengthBytes)].reduce(0) { $0 << 8 | UInt64($1) }
        }
        guard length <= UInt64(limit) else { throw .messageLimit }
        let start = position + 2 + lengthBytes
        guard bytes.count - start >= Int(length) else { return nil }
        position = start + Int(length)
        return (opcode, isFinal, Array(bytes[start..<position]))
    }
}

/// Writes the frames of a client (RFC 6455, 5.2).
enum WebSocketFrame {
    /// One unfragmented frame, masked as every frame of a client must be (RFC 6455, 5.3).
    ///
    /// - Parameter mask: the masking key, which must be new for each frame.
    static func bytes(_ opcode: WebSocketOpcode, _ payload: [UInt8], mask: UInt32) -> [UInt8] {
        var bytes: [UInt8] = [0x80 | opcode.rawValue]
        switch payload.count {
        case ...125: bytes.append(0x80 | UInt8(payload.count))
        case ...0xFFFF:
            bytes.append(0x80 | 126)
            withUnsafeBytes(of: UInt16(payload.count).bigEndian) { bytes += $0 }
        default:
            bytes.append(0x80 | 127)
            withUnsafeBytes(of: UInt64(payload.count).bigEndian) { bytes += $0 }
        }
        let key = withUnsafeBytes(of: mask.bigEndian) { Array($0) }
        bytes += key
        bytes += payload.enumerated().map { $1 ^ key[$0 & 3] }
        return bytes
    }
}

/// What a WebSocket frame carries (RFC 6455, 5.2).
enum WebSocketOpcode: UInt8, Sendable {
    case continuation = 0x0
    case text = 0x1
    case binary = 0x2
    case close = 0x8
    case ping = 0x9
    case pong = 0xA

    /// Whether it is about the connection, and not part of a message (RFC 6455, 5.5).
    var isControl: Bool { rawValue & 0x8 != 0 }
}

/// The bounds that a WebSocket connection is kept to.
enum WebSocketLimits {
    /// Bytes of one message, all its fragments together.
    static let messageBytes = 16 << 20
    /// Bytes of a control frame's payload (RFC 6455, 5.5).
    static let controlBytes = 125
    /// Bytes of the answer to the handshake.
    static let headBytes = 16 << 10
    /// Pings that are answered while one message is waited for.
    static let pings = 1_000
}

/// How a server breaks the rules of WebSocket, by the name it is counted under.
enum WebSocketError: String, Error, Sendable {
    /// A frame is none that a server may send (RFC 6455, 5.2).
    case badFrame = "WEBSOCKET_BAD_FRAME"
    /// The handshake was not accepted, or by something that is no WebSocket server (RFC 6455, 4.1).
    case refused = "WEBSOCKET_REFUSED"
    /// The server closed the connection.
    case closed = "WEBSOCKET_CLOSED"
    /// A message is larger than ``WebSocketLimits/messageBytes``.
    case messageLimit = "LIMIT_WEBSOCKET_MESSAGE_BYTES"
    /// More pings came than ``WebSocketLimits/pings``.
    case pingLimit = "LIMIT_WEBSOCKET_PINGS"
}
