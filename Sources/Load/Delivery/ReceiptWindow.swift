/// Which of the last messages a stream has got: a ring of bits, as an anti-replay window has it (RFC 6479).
///
/// Blocks of 64 messages lie in a ring of words; a block is given up as a whole when the window moves on. A plain value
/// whose words lie elsewhere, side by side with those of other streams.
struct ReceiptWindow {
    /// What a message is to the window.
    enum Receipt: Equatable {
        /// It had not come before.
        case fresh
        /// It had.
        case duplicate
        /// It lies before the window, which does not know.
        case stale
    }

    /// The first message that is watched.
    var floor: UInt32 = 1
    /// The last message that the window has moved to; 0 before the first.
    private(set) var top: UInt32 = 0

    /// A window whose words are all zero, before the messages after one.
    ///
    /// - Parameters:
    ///   - latest: the last message begun before the stream.
    ///   - words: words of the ring, a power of two, at least 2.
    init(after latest: UInt32, words: Int) {
        top = latest
        // What was under way as the stream began may still be owed.
        floor = max(1, Self.start(top: latest, words: words))
    }

    /// The first message of the window's oldest block.
    private static func start(top: UInt32, words: Int) -> UInt32 {
        let block = Int(top >> 6) - words + 1
        return block > 0 ? UInt32(block) << 6 : 0
    }

    /// The first message that the window tells apart.
    func start(words: Int) -> UInt32 { max(floor, Self.start(top: top, words: words)) }

    /// Takes a message.
    ///
    /// - Parameters:
    ///   - bits: the ring's words.
    ///   - words: how many these are.
    ///   - missing: called with each message that leaves the window and has not come.
    @inline(__always)
    mutating func take(
        _ sequence: UInt32,
        _ bits: UnsafeMutablePointer<UInt64>,
        words: Int,
        missing: (UInt32) -> Void
    ) -> Receipt {
        if sequence > top { move(to: sequence, bits, words: words, missing: missing) }
        guard sequence >= start(words: words) else { return .stale }
        let word = bits + (Int(sequence >> 6) & (words - 1))
        let bit = (1 as UInt64) << UInt64(sequence & 63)
        guard word.pointee & bit == 0 else { return .duplicate }
        word.pointee |= bit
        return .fresh
    }

    /// Moves the window on.
    private mutating func move(
        to sequence: UInt32,
        _ bits: UnsafeMutablePointer<UInt64>,
        words: Int,
        missing: (UInt32) -> Void
    ) {
        let (old, new) = (top >> 6, sequence >> 6)
        if new > old {
            let first = start(words: words)
            let end = Self.start(top: sequence, words: words)
            // What lies in the ring, and then what the window passes over without having held it.
            report(first..<max(first, min(end, (old + 1) << 6)), bits, words: words, missing)
            for gone in (old + 1) << 6..<max((old + 1) << 6, end) where gone >= floor { missing(gone) }
            for block in old + 1...min(new, old + UInt32(words)) { bits[Int(block) & (words - 1)] = 0 }
        }
        top = sequence
    }

    /// Calls a body with each message up to another that has not come, as the stream ends.
    func finish(
        through latest: UInt32,
        _ bits: UnsafeMutablePointer<UInt64>,
        words: Int,
        missing: (UInt32) -> Void
    ) {
        let held = (top >> 6 + 1) << 6
        let first = start(words: words)
        let end = latest &+ 1
        report(first..<max(first, min(end, held)), bits, words: words, missing)
        for sequence in max(floor, held)..<max(floor, held, end) { missing(sequence) }
    }

    private func report(
        _ range: Range<UInt32>,
        _ bits: UnsafeMutablePointer<UInt64>,
        words: Int,
        _ missing: (UInt32) -> Void
    ) {
        for sequence in range where bits[Int(sequence >> 6) & (words - 1)] >> UInt64(sequence & 63) & 1 == 0 {
            missing(sequence)
        }
    }
}
