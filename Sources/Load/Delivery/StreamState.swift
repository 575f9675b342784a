import Vocabulary

/// What one stream has got of one publisher's messages; the window's bits lie beside it.
struct StreamState {
    /// When its connection stood, in ns of the monotonic clock: what was out before is no live message to it.
    var connected: Nanoseconds = 0
    /// When the stream counts as registered, in ns of the monotonic clock.
    var registered: Nanoseconds = 0
    var window = ReceiptWindow(after: 0, words: 2)
    /// The first message that came live and was sent once the stream was registered; 0 before it.
    var first: UInt32 = 0
    /// The latest message that came live; 0 before the first.
    var latest: UInt32 = 0
    /// Messages lost.
    var lost: UInt32 = 0
    /// Whether the stream is watched at present.
    var isWatched = false
    /// Whether the stream had an event.
    var hasEvent = false
    /// Whether its client came back with it, saying what it had seen.
    var isResumed = false
    /// Whether it lost a message before its first live one.
    var hasLostBefore = false
    /// Whether it lost a message between two live ones.
    var hasLostBetween = false
}
