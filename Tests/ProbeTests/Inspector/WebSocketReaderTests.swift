import Testing

@testable import Probe

struct WebSocketReaderTests {
    /// A server's frame.
    private func frame(_ first: UInt8, _ payload: [UInt8]) -> [UInt8] {
        switch payload.count {
        case ...125: [first, UInt8(payload.count)] + payload
        case ...0xFFFF: [first, 126, UInt8(payload.count >> 8), UInt8(payload.count & 0xFF)] + payload
        default: [first, 127] + (0..<8).reversed().map { UInt8(payload.count >> (8 * $0) & 0xFF) } + payload
        }
    }

    /// All messages of some bytes that arrive in pieces.
    private func read(
        _ bytes: [UInt8],
        pieces: Int = .max,
        limit: Int = 1 << 20
    ) throws(WebSocketError) -> [WebSocketReader.Message] {
        var reader = WebSocketReader(limit: limit)
        var messages: [WebSocketReader.Message] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            rest.prefix(pieces).withUnsafeBytes { reader.append($0) }
            rest = rest.dropFirst(pieces)
            while let message = try reader.next() { messages.append(message) }
        }
        return messages
    }

    @Test(arguments: [1, 2, 3, 100, .max])
    func readsMessagesInPieces(pieces: Int) throws {
        let long = [UInt8](repeating: 7, count: 70_000)
        let middle = [UInt8](repeating: 8, count: 126)
        // A ping between two fragments (RFC 6455, 5.4).
        let bytes =
            frame(0x81, [1, 2]) + frame(0x01, [3]) + frame(0x89, [9]) + frame(0x00, []) + frame(0x80, [4])
            + frame(0x82, middle) + frame(0x81, long) + frame(0x88, [3, 0xE8])
        #expect(
            try read(bytes, pieces: pieces) == [
                .init(opcode: .text, payload: [1, 2]), .init(opcode: .ping, payload: [9]),
                .init(opcode: .text, payload: [3, 4]), .init(opcode: .binary, payload: middle),
                .init(opcode: .text, payload: long), .init(opcode: .close, payload: [3, 0xE8]),
            ]
        )
    }

    @Test func refusesWhatNoServerMaySend() {
        let bad: [[UInt8]] = [
            // Masked, reserved bits, reserved opcodes, a fragmented and a long ping.
            [0x81, 0x81, 0, 0, 0, 0, 1], [0xC1, 0], [0x83, 0], [0x8B, 0], [0x09, 0],
            frame(0x89, Array(repeating: 1, count: 126)),
            // A continuation of nothing, and a message within another.
            frame(0x80, [1]), frame(0x01, [1]) + frame(0x81, [2]),
        ]
        for bytes in bad {
            #expect(throws: WebSocketError.badFrame) { try read(bytes) }
        }
    }

    @Test func isBounded() throws {
        #expect(try read(frame(0x81, [1, 2, 3]), limit: 3).count == 1)
        #expect(throws: WebSocketError.messageLimit) { try read(frame(0x81, [1, 2, 3, 4]), limit: 3) }
        #expect(throws: WebSocketError.messageLimit) { try read(frame(0x01, [1, 2]) + frame(0x80, [3, 4]), limit: 3) }
        // A length that no payload has is refused before the payload comes.
        #expect(throws: WebSocketError.messageLimit) { try read([0x81, 127] + Array(repeating: 0xFF, count: 8)) }
    }

    @Test(arguments: [0, 1, 125, 126, 0xFFFF, 0x1_0000])
    func clientsFramesAreMasked(count: Int) {
        let payload = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        let bytes = WebSocketFrame.bytes(.text, payload, mask: 0x0102_0304)
        #expect(bytes[0] == 0x81)
        #expect(bytes[1] & 0x80 != 0)
        let start = bytes.count - count
        #expect(Array(bytes[(start - 4)..<start]) == [1, 2, 3, 4])
        #expect(bytes[start...].enumerated().map { $1 ^ [1, 2, 3, 4][$0 % 4] } == payload)
        // Unmasked, it is a frame that a server may send.
        var unmasked = Array(bytes[..<(start - 4)]) + payload
        unmasked[1] &= 0x7F
        #expect((try? read(unmasked)) == [.init(opcode: .text, payload: payload)])
    }
}
