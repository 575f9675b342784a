import Vocabulary

/// Which of several requests a connection sends: each comes once before any comes again, in an order of the seed.
///
/// Connection `i` of `n` requests sends number `(a + i·s) mod n`, with `a` and `s` drawn from the seed and `s` coprime to
/// `n`, so that `n` connections in a row send them all.
struct RequestDraw {
    private let count: Int
    private let start: Int
    private let step: Int

    /// A draw among a number of requests, at least one.
    init(among count: Int, seed: UInt64) {
        precondition(count > 0)
        self.count = count
        var random = SplitMix64(seeds: seed, 3)
        start = Int.random(in: 0..<count, using: &random)
        var step = Int.random(in: 0..<count, using: &random) | 1
        while Self.commonDivisor(step, count) != 1 { step += 2 }
        self.step = step
    }

    /// The request of a connection by its position in the scenario.
    subscript(index: Int) -> Int { (start + (index % count) * (step % count)) % count }

    private static func commonDivisor(_ left: Int, _ right: Int) -> Int {
        right == 0 ? left : commonDivisor(right, left % right)
    }
}
