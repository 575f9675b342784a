import Vocabulary

/// Breaks bytes without knowing what they mean.
enum ByteMutator {
    private static let interesting: [UInt8] = [0x00, 0x0A, 0x0D, 0x20, 0x25, 0x2C, 0x3A, 0x7F, 0x80, 0xC3, 0xFE, 0xFF]

    /// Mutates bytes in one to four places.
    static func mutate(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
        for _ in 0..<random.number(in: 1...4) {
            guard !bytes.isEmpty else { return bytes = random.bytes(random.number(in: 1...16)) }
            let place = random.number(in: 0...bytes.count - 1)
            switch random.number(in: 0...6) {
            case 0: bytes[place] ^= 1 << UInt8(random.number(in: 0...7))
            case 1: bytes[place] = random.pick(interesting)
            case 2: bytes.insert(random.pick(interesting), at: place)
            case 3: bytes.insert(contentsOf: random.bytes(random.number(in: 1...64)), at: place)
            case 4: bytes.removeSubrange(place..<min(bytes.count, place + random.number(in: 1...16)))
            case 5:
                let piece = Array(bytes[place..<min(bytes.count, place + random.number(in: 1...64))])
                bytes.insert(contentsOf: piece, at: place)
            default: bytes.removeSubrange(place...)
            }
        }
    }
}
