import Vocabulary

/// What is known of a published message at some moment; all moments in ns of the monotonic clock.
struct Message: Equatable {
    /// When it was to be sent.
    var scheduled: Nanoseconds
    /// When its request was sent.
    var sent: Nanoseconds
    /// When the answer of success came; nil where none has come.
    var accepted: Nanoseconds?
    /// A moment before which no stream got it live; nil where none has got it.
    var earliest: Nanoseconds?
    /// When the first stream got it live, as far as that was told apart; nil where none has got it.
    var first: Nanoseconds?

    /// A moment before which the server cannot have begun to give it out to streams that it had not chosen.
    ///
    /// A message that came to nobody may have been given out to nobody as soon as it was sent.
    var reference: Nanoseconds { min(earliest ?? sent, accepted ?? .max) }

    /// Whether it was out before a moment: to a stream that connected then it is a replay.
    func wasOut(before moment: Nanoseconds) -> Bool { min(first ?? .max, accepted ?? .max) < moment }
}
