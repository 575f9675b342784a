/// What an event's data says of its topic, so that it is known wherever it turns up: `{hz:0123456789abcdef}`.
struct Stamp: Hashable, Sendable {
    private static let prefix = Array("{hz:".utf8)
    private static let digits = 16

    /// A number that no other topic has but by a chance of one in 2^64.
    let topic: UInt64

    /// The stamp of a topic (FNV-1a, 64 bits).
    init(topic: String) {
        self.topic = topic.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }

    private init(number: UInt64) { topic = number }

    /// The stamp as it is published.
    var bytes: [UInt8] {
        let text = String(topic, radix: 16)
        return Self.prefix + Array(String(repeating: "0", count: Self.digits - text.count).utf8) + Array(text.utf8)
            + [UInt8(ascii: "}")]
    }

    /// The first stamp in some bytes; nil where there is none.
    static func find(in bytes: UnsafeRawBufferPointer) -> Stamp? {
        let length = prefix.count + digits + 1
        var start = 0
        while start + length <= bytes.count {
            guard bytes[start] == prefix[0] else {
                start += 1
                continue
            }
            let piece = bytes[start..<start + length]
            if piece.starts(with: prefix), piece.last == UInt8(ascii: "}"),
                let number = UInt64(
                    String(decoding: piece.dropFirst(prefix.count).prefix(digits), as: UTF8.self),
                    radix: 16
                )
            {
                return Stamp(number: number)
            }
            start += 1
        }
        return nil
    }
}
