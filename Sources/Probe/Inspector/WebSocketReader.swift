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
