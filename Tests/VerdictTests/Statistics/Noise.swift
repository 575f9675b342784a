import Foundation
import Vocabulary

/// Random series that the same seed repeats.
struct Noise {
    private var generator: SplitMix64

    init(seed: UInt64) { generator = SplitMix64(seed: seed) }

    /// From 0 to 1.
    mutating func uniform() -> Double { Double.random(in: 0..<1, using: &generator) }

    /// Of the standard normal distribution (Box and Muller, 1958).
    mutating func normal() -> Double {
        (-2 * log(1 - uniform())).squareRoot() * cos(2 * .pi * uniform())
    }

    /// The number of events of a Poisson process with a mean (Knuth, The Art of Computer Programming 2, 3.4.1).
    mutating func poisson(_ mean: Double) -> Double {
        let bound = exp(-mean)
        var (count, product) = (0.0, uniform())
        while product > bound {
            count += 1
            product *= uniform()
        }
        return count
    }

    /// Values of which each keeps a share of the one before it: AR(1).
    mutating func dependent(_ count: Int, by share: Double) -> [Double] {
        var last = normal() / (1 - share * share).squareRoot()
        return (0..<count).map { _ in
            defer { last = share * last + normal() }
            return last
        }
    }
}
