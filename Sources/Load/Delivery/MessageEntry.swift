import Synchronization
import Vocabulary

/// A published message, as its publisher and all workers see it: 64 bytes of atomics, one line of cache.
struct MessageEntry: ~Copyable {
    /// A moment that never comes: the largest that is so as a signed number too, as which some atomics compare.
    static let never = Nanoseconds(Int64.max)

    /// Its sequence; 0 for none.
    let sequence = Atomic<UInt64>(0)
    let scheduled = Atomic<Nanoseconds>(0)
    let sent = Atomic<Nanoseconds>(0)
    /// When it was accepted; 0 where it has not been.
    let accepted = Atomic<Nanoseconds>(0)
    /// A moment before which no stream got it; never where none has.
    let earliest = Atomic<Nanoseconds>(never)
    /// When the first stream got it; never where none has.
    let first = Atomic<Nanoseconds>(never)
    /// When the last stream got it; 0 where none has.
    let last = Atomic<Nanoseconds>(0)
    /// Streams that got it live.
    let received = Atomic<UInt32>(0)
    /// Streams that had to get it, and did not.
    let lost = Atomic<UInt32>(0)

    /// Notes that a stream got it live.
    ///
    /// - Parameter isExact: whether the moment is its own, and not that of bytes after it.
    func noteDelivery(at moment: Nanoseconds, isExact: Bool) {
        let bound = isExact ? moment : min(moment, sent.load(ordering: .relaxed))
        // Looking costs less than writing, and moments rise.
        if bound < earliest.load(ordering: .relaxed) { earliest.min(bound, ordering: .relaxed) }
        if moment < first.load(ordering: .relaxed) { first.min(moment, ordering: .relaxed) }
        if moment > last.load(ordering: .relaxed) { last.max(moment, ordering: .relaxed) }
        received.add(1, ordering: .relaxed)
    }

    /// What is known of it now.
    var message: Message {
        func known(_ moment: Nanoseconds) -> Nanoseconds? { moment == 0 || moment == Self.never ? nil : moment }
        return Message(
            scheduled: scheduled.load(ordering: .relaxed),
            sent: sent.load(ordering: .relaxed),
            accepted: known(accepted.load(ordering: .relaxed)),
            earliest: known(earliest.load(ordering: .relaxed)),
            first: known(first.load(ordering: .relaxed))
        )
    }
}
