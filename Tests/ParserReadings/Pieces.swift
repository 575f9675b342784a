import Vocabulary
/// Ways to cut one input into several.
package enum Pieces {
    /// Every cut into two pieces, the empty piece at either end included.
    package static func halves(_ bytes: [UInt8]) -> [[[UInt8]]] {
        (0...bytes.count).map { [Array(bytes[..<$0]), Array(bytes[$0...])] }
    }

    /// One piece a byte.
    package static func single(_ bytes: [UInt8]) -> [[UInt8]] { bytes.map { [$0] } }

    /// Pieces of 1 to 7 bytes.
    package static func random(_ bytes: [UInt8], using generator: inout SplitMix64) -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = Int.random(in: 1...7, using: &generator)
            pieces.append(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        return pieces
    }

    /// Every cut above, the uncut input first.
    package static func all(_ bytes: [UInt8]) -> [[[UInt8]]] { [[bytes], single(bytes)] + halves(bytes) }
}

extension [UInt8] {
    /// The UTF-8 bytes of a text.
    package init(text: String) { self = Array(text.utf8) }
}
