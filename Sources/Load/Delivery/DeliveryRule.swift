import Vocabulary

/// Decides which messages a stream had to get.
///
/// A message is owed to a stream where all of this holds:
///
/// 1. The server took it: its answer was a success. What was refused, or never answered, is nobody's loss.
/// 2. The stream was registered before the server gave the message out. A stream is registered at its first event, and
///    where none comes, some time after its response head, since many servers send the head before they take the client
///    up. A message is given out at the first moment at which any stream got it; where the server answered before, at the
///    answer; where nobody got it, or the moment is not known to a read, at its sending. The kernel's receive times,
///    which all streams of one machine share, put these moments in order; ``margin`` covers their conversion.
/// 3. The stream was open, and read, a grace time after the message was out: after the later of its answer and its first
///    delivery. A stream that is dropped on purpose ends, for this rule, where it stops dead.
///
/// So a client that registers while a broadcast is under way, has its first event, and sees others get the message after
/// that, has lost it; a client that came after the first delivery has lost nothing.
struct DeliveryRule: Equatable {
    /// How long after its first event a stream counts as registered, in ns.
    static let margin: Nanoseconds = .perMillisecond
    /// How long after its response head a stream without an event counts as registered, in ns.
    static let headMargin: Nanoseconds = 250 * .perMillisecond
    /// How long after its beginning a stream's losses may still be the work of how it began, in ns.
    static let onset: Nanoseconds = 5 * .perSecond

    /// How long a message may take, in ns.
    let grace: Nanoseconds

    /// Whether a message that did not come was owed.
    ///
    /// - Parameters:
    ///   - registered: when the stream counted as registered.
    ///   - end: the moment up to which the stream was read.
    func isOwed(_ message: Message, since registered: Nanoseconds, until end: Nanoseconds) -> Bool {
        guard let accepted = message.accepted, message.reference > registered else { return false }
        let (due, overflow) = max(accepted, message.first ?? 0).addingReportingOverflow(grace)
        return !overflow && due < end
    }

    /// Whether a message that comes after a later one comes out of order: only where the later one was sent after the
    /// server had taken this one; what is under way together has no order.
    static func isOutOfOrder(_ message: Message, after later: Message) -> Bool {
        message.accepted.map { $0 < later.sent } ?? false
    }
}
