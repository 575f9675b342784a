import Vocabulary

/// What one followed stream has brought so far.
struct StreamTally {
    /// When its last event came, in ns of the monotonic clock.
    var lastEventAt: Nanoseconds = 0
    /// When its first token came.
    var firstTokenAt: Nanoseconds = 0
    /// When its last token came.
    var lastTokenAt: Nanoseconds = 0
    /// Events, the end marker aside.
    var events: UInt32 = 0
    /// Events with a token's text.
    var tokens: UInt32 = 0
    /// The event at which the stream is dropped; 0 for none.
    var dropAt: UInt32 = 0
    /// Whether its end marker has come.
    var isMarked = false
    /// Whether it was not cut short by this side.
    var isWhole = false
}
