import Vocabulary

/// A TLS 1.3 ClientHello (RFC 8446, 4.1.2), in the pieces that are mutated.
struct ClientHello {
    var version: [UInt8] = [3, 3]
    var random: [UInt8]
    var sessionID: [UInt8]
    var cipherSuites: [UInt8] = [0x13, 0x01, 0x13, 0x02, 0x13, 0x03, 0xC0, 0x2B]
    var compressions: [UInt8] = [0]
    /// Type and content of each.
    var extensions: [(type: UInt16, content: [UInt8])]

    /// One that a server answers.
    init(_ numbers: inout SplitMix64) {
        random = numbers.bytes(32)
        sessionID = numbers.bytes(32)
        let share = numbers.bytes(32)
        extensions = [
            (0, Self.withLength([0] + Self.withLength(Array("localhost".utf8)))),
            (10, [0, 4, 0, 0x1D, 0, 0x17]),
            (13, [0, 6, 4, 3, 8, 4, 8, 7]),
            (16, Self.withLength([8] + Array("http/1.1".utf8))),
            (43, [2, 3, 4]),
            (51, Self.withLength([0, 0x1D] + Self.withLength(share))),
        ]
    }

    /// The handshake message, its header included.
    var message: [UInt8] {
        var list: [UInt8] = []
        for (type, content) in extensions { list += Self.twoBytes(type) + Self.withLength(content) }
        var body = version + random + [UInt8(truncatingIfNeeded: sessionID.count)] + sessionID
        body += Self.withLength(cipherSuites) + [UInt8(truncatingIfNeeded: compressions.count)] + compressions
        body += Self.withLength(list)
        return [1, UInt8(truncatingIfNeeded: body.count >> 16)] + Self.twoBytes(UInt16(truncatingIfNeeded: body.count))
            + body
    }

    /// A record (RFC 8446, 5.1).
    static func record(_ type: UInt8, _ content: [UInt8]) -> [UInt8] { [type, 3, 1] + withLength(content) }

    private static func withLength(_ bytes: [UInt8]) -> [UInt8] {
        twoBytes(UInt16(truncatingIfNeeded: bytes.count)) + bytes
    }

    private static func twoBytes(_ number: UInt16) -> [UInt8] {
        [UInt8(number >> 8), UInt8(truncatingIfNeeded: number)]
    }
}
