import Vocabulary

/// What one client has got of one publisher's messages over all its streams; the window's bits lie beside it.
struct ResumeState {
    var window = ReceiptWindow(after: 0, words: ResumeReceipts.words)
    /// When the client was registered, and what is known of the stream before the present one.
    var resumption = ResumeRule.Resumption(since: 0, lastRegistered: 0, lastEnd: 0, lastSequence: 0, opened: 0)
    /// When the present stream counts as registered, in ns of the monotonic clock.
    var registered: Nanoseconds = 0
    /// The last message that was judged to be missed; 0 before the first.
    var judged: UInt32 = 0
    /// Whether the client has a stream now.
    var isOpen = false
    /// Whether the present stream had an event.
    var hasEvent = false
    /// Whether the present stream is one that the client came back with, saying what it had seen.
    var isResumed = false
}
