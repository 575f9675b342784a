import Vocabulary

/// Decides which messages a client that came back should have been sent again.
///
/// A client comes back with the ID of the last event that it has seen. A message is one that it missed while it was away
/// where all of this holds:
///
/// 1. The server took it: its answer was a success.
/// 2. It was given out after the client's first stream was registered (as ``DeliveryRule`` has it): what was before is
///    none of the client's.
/// 3. It was out before the response head of the stream that the client came back with. What came out later is live.
/// 4. It has not come on any earlier stream of the client, and was not owed to one of them: what an open stream lost is
///    counted as that.
///
/// 5. It was begun after the last message that the client had when its stream was closed: the server is told to go on
///    from there. What an open stream was passed over with before is none of the resumption's.
///
/// Of these, one that comes on the new stream is replayed; one that has not come when the stream was read for a grace time
/// after its head is lost on resume, if the server replays at all. Whether it does, only the whole run shows: a server of
/// which no stream ever got a message again does not resume, which is no loss. A stream that ends before that time decides
/// nothing; the next one does.
///
/// A message that comes again on a stream though an earlier one had it, and that was out before the stream's head, is a
/// repetition of the resumption; one that was out later is a duplicate of the delivery.
struct ResumeRule: Equatable {
    /// What messages of one publisher are judged by while a stream is open.
    let delivery: DeliveryRule

    /// What a client had, and with what it came back; moments in ns of the monotonic clock.
    struct Resumption: Equatable {
        /// When the client was registered for the first time.
        var since: Nanoseconds
        /// When the stream before was registered.
        var lastRegistered: Nanoseconds
        /// Up to when the stream before was read.
        var lastEnd: Nanoseconds
        /// The last message that the client had when the stream before was closed; 0 for none.
        var lastSequence: UInt32
        /// When the response head of the new stream came.
        var opened: Nanoseconds
    }

    /// Whether a message that no earlier stream of the client got was missed while it was away.
    func isMissed(_ message: Message, _ sequence: UInt32, in resumption: Resumption) -> Bool {
        guard message.accepted != nil, message.reference > resumption.since, sequence > resumption.lastSequence else {
            return false
        }
        return message.wasOut(before: resumption.opened)
            && !delivery.isOwed(message, since: resumption.lastRegistered, until: resumption.lastEnd)
    }

    /// Whether a new stream was read for long enough to have got what is replayed.
    func isDecided(_ resumption: Resumption, until end: Nanoseconds) -> Bool {
        let (due, overflow) = resumption.opened.addingReportingOverflow(delivery.grace)
        return !overflow && due < end
    }
}
