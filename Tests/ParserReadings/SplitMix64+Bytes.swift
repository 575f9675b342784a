import Vocabulary

extension SplitMix64 {
    /// Bytes drawn from an alphabet.
    package mutating func bytes(_ count: Int, from alphabet: [UInt8]) -> [UInt8] {
        (0..<count).compactMap { _ in alphabet.randomElement(using: &self) }
    }
}
