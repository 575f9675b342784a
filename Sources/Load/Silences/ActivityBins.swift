import Vocabulary

/// How often something happened over the last minute and a half, in fixed memory.
struct ActivityBins {
    /// How long a bin lasts, in ns.
    static let width: Nanoseconds = 50 * .perMillisecond
    /// Bins that are kept.
    static let binCount = 2_048

    private var counts = [UInt32](repeating: 0, count: binCount)
    /// Which round of the bins each belongs to.
    private var rounds = [UInt32](repeating: 0, count: binCount)

    /// Notes that it happened at a moment, in ns of the monotonic clock.
    mutating func note(at moment: Nanoseconds) {
        let (bin, round) = Self.place(moment / Self.width)
        if rounds[bin] != round { (counts[bin], rounds[bin]) = (0, round) }
        counts[bin] &+= 1
    }

    /// How often it happened in the bins that lie wholly between two moments; what is too old is not known.
    func count(from start: Nanoseconds, to end: Nanoseconds) -> UInt64 {
        let (first, last) = (start / Self.width + 1, end / Self.width)
        guard last > first else { return 0 }
        return (max(first, last - min(last, UInt64(Self.binCount)))..<last).reduce(0) { sum, number in
            let (bin, round) = Self.place(number)
            return rounds[bin] == round ? sum + UInt64(counts[bin]) : sum
        }
    }

    private static func place(_ number: UInt64) -> (bin: Int, round: UInt32) {
        (Int(number % UInt64(binCount)), UInt32(truncatingIfNeeded: number / UInt64(binCount)))
    }
}
