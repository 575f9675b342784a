import EventLoop
import Vocabulary

/// How far the realtime clock is ahead of the monotonic one, so that the kernel's receive times can be told in the latter.
///
/// Between the two looks a thread can be put aside: such a pair of looks would shift all moments of a turn, and with
/// them the order of what other workers saw. It is not used.
struct RealtimeOffset {
    /// The longest that one look at both clocks may take to be used, in ns.
    static let longestLook: Nanoseconds = 5 * .perMicrosecond
    /// Looks in a row, of which the quickest is used where none is quick.
    static let tries = 3

    /// Realtime less monotonic time, in ns; wraps around.
    private(set) var ahead: UInt64 = 0
    /// How long the look at both clocks took, in ns: by no more may a moment be wrong.
    private(set) var uncertainty: Nanoseconds = 0

    /// Looks at both clocks.
    mutating func look() {
        var quickest = Nanoseconds.max
        for _ in 0..<Self.tries {
            let before = MonotonicClock.now()
            let realtime = RealtimeClock.now()
            let length = MonotonicClock.now() - before
            if length < quickest {
                quickest = length
                uncertainty = length
                ahead = realtime &- (before + length / 2)
            }
            if length <= Self.longestLook { return }
        }
    }
}
