import EventStream
import Testing

@Suite struct GzipDecoderTests {
    private static let text = Array(String(repeating: "a line of a stream\n", count: 9_000).utf8)

    @Test func membersAreOneText() throws {
        let packed = GzipEncoder.compress(Self.text) + GzipEncoder.compress([1, 2, 3])
        #expect(try GzipDecoder.unpack(packed, limit: 1 << 20) == Self.text + [1, 2, 3])
    }

    @Test func theFirstMemberEndsWhereItEnds() throws {
        let member = GzipEncoder.compress(Self.text)
        for rest in [[], [0x1F], [UInt8](repeating: 0, count: 512), GzipEncoder.compress([9])] {
            let unpacked = try GzipDecoder.unpackMember(member + rest, limit: 1 << 20)
            #expect(unpacked.bytes == Self.text)
            #expect(unpacked.consumed == member.count)
        }
    }

    /// However it is cut or changed, nothing is taken for the whole, and nothing crashes.
    @Test func nothingButTheWholeIsTaken() {
        let member = GzipEncoder.compress(Self.text)
        for count in 0..<member.count {
            #expect(throws: InflateError.self, "\(count)") {
                try GzipDecoder.unpackMember(Array(member[..<count]), limit: 1 << 20)
            }
            var changed = member
            changed[count] ^= 0x5A
            // Some bits mean nothing: the time and the system (RFC 1952, 2.3.1), and what fills the last byte.
            if let unpacked = try? GzipDecoder.unpackMember(changed, limit: 1 << 20) {
                #expect(unpacked.bytes == Self.text, "\(count)")
            }
            _ = try? GzipDecoder.unpack(changed, limit: 1 << 20)
        }
    }

    @Test func theLimitHolds() {
        let member = GzipEncoder.compress(Self.text)
        #expect(throws: InflateError.ratioLimit) { try GzipDecoder.unpack(member, limit: Self.text.count - 1) }
        #expect(throws: InflateError.ratioLimit) { try GzipDecoder.unpackMember(member, limit: Self.text.count - 1) }
    }
}
