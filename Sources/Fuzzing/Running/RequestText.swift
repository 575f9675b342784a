/// What can be told of a request's bytes about the bodies of its answers.
///
/// The answer to a HEAD has no body whatever its fields say, nor has one to a CONNECT that succeeds (RFC 9112, 6.3).
struct RequestText {
    /// Whether the first request is a HEAD.
    let isHead: Bool
    /// Whether a server may find such a request elsewhere in the bytes.
    let isAmbiguous: Bool

    /// Looks at the bytes sent so far.
    init(_ bytes: [UInt8]) {
        let start = bytes.firstIndex { $0 != 0x0D && $0 != 0x0A } ?? bytes.endIndex
        isHead = bytes[start...].starts(with: Array("HEAD ".utf8))
        let heads = Self.count("HEAD", in: bytes) - (isHead ? 1 : 0)
        isAmbiguous = heads > 0 || Self.count("CONNECT", in: bytes) > 0
    }

    private static func count(_ word: StaticString, in bytes: [UInt8]) -> Int {
        let length = word.utf8CodeUnitCount
        let word = UnsafeBufferPointer(start: word.utf8Start, count: length)
        var count = 0
        var position = 0
        while position + length <= bytes.count {
            if bytes[position] == word[0], bytes[position..<position + length].elementsEqual(word) { count += 1 }
            position += 1
        }
        return count
    }
}
