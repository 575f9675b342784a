/// A small generator of random numbers that the same seed repeats for ever (Steele, Lea and Flood, 2014).
public struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// A generator from one seed.
    public init(seed: UInt64) { state = seed }

    /// A generator from several numbers, each of which changes everything.
    public init(seeds: UInt64...) {
        state = 0
        for seed in seeds {
            state ^= seed
            state = next()
        }
    }

    /// One number that several determine.
    public static func mix(_ first: UInt64, _ second: UInt64) -> UInt64 {
        var generator = SplitMix64(seeds: first, second)
        return generator.next()
    }

    /// The next 64 bits.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
