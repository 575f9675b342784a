import Vocabulary

/// What stands in the place of a case's placeholders while it is carried out; unique to each time that it is.
struct Marker: Hashable, Sendable {
    /// Stands for the marker in topics and bytes; as long as what takes its place, so that no length changes.
    static let placeholder = "@MARK@"
    /// Stands for the value of a `Host` field in bytes.
    static let hostPlaceholder = "@HOST@"
    /// What a forged field's value begins with, before the marker.
    static let forgedPrefix = "forged-"

    /// Six letters and digits.
    let text: String

    /// The marker of a number; two numbers of a run have different ones, up to two thousand million.
    init(_ number: UInt64) {
        var rest = number
        var letters: [UInt8] = []
        let alphabet = Array("0123456789abcdefghijklmnopqrstuvwxyz".utf8)
        for _ in 0..<Self.placeholder.utf8.count {
            letters.append(alphabet[Int(rest % 36)])
            rest /= 36
        }
        text = String(decoding: letters, as: UTF8.self)
    }

    /// What a forged field's value begins with.
    var forged: [UInt8] { Array((Self.forgedPrefix + text).utf8) }

    /// A text with the marker in its place.
    func fill(_ text: String) -> String { text.replacing(Self.placeholder, with: self.text) }

    /// Bytes with marker and host in their places.
    func fill(_ bytes: [UInt8], host: String) -> [UInt8] {
        let marked = Self.replace(Array(Self.placeholder.utf8), with: Array(text.utf8), in: bytes)
        return Self.replace(Array(Self.hostPlaceholder.utf8), with: Array(host.utf8), in: marked)
    }

    private static func replace(_ pattern: [UInt8], with replacement: [UInt8], in bytes: [UInt8]) -> [UInt8] {
        guard bytes.contains(UInt8(ascii: "@")) else { return bytes }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var position = 0
        while position < bytes.count {
            if bytes[position] == pattern[0], bytes[position...].starts(with: pattern) {
                result += replacement
                position += pattern.count
            } else {
                result.append(bytes[position])
                position += 1
            }
        }
        return result
    }
}

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
