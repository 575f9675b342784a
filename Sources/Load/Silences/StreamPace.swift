import Vocabulary

/// How often bytes come on one stream, in 8 bytes: what tells a silence from the stream's own way.
struct StreamPace {
    /// The shortest silence that is looked at, in ns.
    static let shortestSilence: Nanoseconds = 500 * .perMillisecond
    /// Bytes that come closer together than this belong to one burst, in ns.
    static let burst: Nanoseconds = 10 * .perMillisecond

    /// The longest gap that was no silence, in µs.
    private var longest: UInt32 = 0
    /// The usual gap between two bursts, smoothed, in µs; 0 before the first.
    private var usual: UInt32 = 0

    /// The longest gap that was no silence, in ns.
    var longestGap: Nanoseconds { max(Nanoseconds(longest) * .perMicrosecond, Self.burst) }

    /// Learns a gap that was no silence, in ns.
    mutating func learn(_ gap: Nanoseconds) {
        guard gap >= Self.burst else { return }
        let gap = UInt32(clamping: gap / .perMicrosecond)
        longest = max(longest, gap)
        usual = usual == 0 ? gap : UInt32(truncatingIfNeeded: (UInt64(usual) * 7 + UInt64(gap)) / 8)
    }

    /// Whether a gap is a silence: far longer than any before, on a stream that was long enough never so silent.
    ///
    /// A stream that beats like a clock is silent sooner than one whose bytes come as they will.
    ///
    /// - Parameters:
    ///   - gap: the gap, in ns.
    ///   - history: how long the stream had been open when it began, in ns.
    ///   - promise: the longest time between two beats on a stream that has had one, in ns; nil where none is known. It
    ///     stands for a history.
    func isSilence(_ gap: Nanoseconds, after history: Nanoseconds, promise: Nanoseconds? = nil) -> Bool {
        guard gap >= Self.shortestSilence else { return false }
        let known = longestGap
        if let promise, known <= promise, gap >= promise + promise / 2 { return true }
        guard history >= Self.shortestSilence, history >= gap / 4 else { return false }
        guard history >= 3 * known else { return false }
        let isRegular = UInt64(usual) * 10 >= UInt64(longest) * 7
        return isRegular ? gap >= known + known / 2 : gap >= 3 * known
    }
}
