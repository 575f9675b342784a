/// An input cut into pieces, whose sizes the input itself gives, so that a crash repeats.
struct Pieces {
    private var rest: UnsafeRawBufferPointer
    private var state: UInt32

    /// Pieces of some bytes.
    init(_ bytes: UnsafeRawBufferPointer) {
        rest = bytes
        state = bytes.prefix(64).reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
    }

    /// The next piece; nil at the end.
    mutating func next() -> UnsafeRawBufferPointer? {
        guard !rest.isEmpty else { return nil }
        state = state &* 1_664_525 &+ 1_013_904_223
        let count = min(rest.count, 1 + Int(state >> 16) % 7)
        defer { rest = UnsafeRawBufferPointer(rebasing: rest[count...]) }
        return UnsafeRawBufferPointer(rebasing: rest[..<count])
    }
}
