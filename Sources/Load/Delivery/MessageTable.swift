import EventLoop
import Synchronization
import Vocabulary

/// The last messages of one publisher: it writes when they were sent and taken, all workers write when they came.
///
/// No message is locked: every figure is an atomic, and one that is read a moment too early only makes the judgement milder.
final class MessageTable: @unchecked Sendable {
    /// Messages that are remembered; a power of two.
    static let capacity = 1 << 16

    /// The sequence of the message begun last; 0 before the first.
    let latest = Atomic<UInt32>(0)
    /// The messages, as workers see them.
    let view: MessageView
    /// The streams that were closed; its lock is taken at a stream's end alone.
    let departures = Locked(DepartureLog())

    /// A table without messages.
    ///
    /// - Parameter capacity: messages that are remembered, a power of two.
    init(capacity: Int = capacity) {
        precondition(capacity > 0 && capacity & (capacity - 1) == 0)
        // Each entry has a line of cache to itself, so that workers at two messages do not wait for each other.
        let entries = UnsafeMutableRawPointer.allocate(
            byteCount: (capacity + 1) * MemoryLayout<MessageEntry>.stride,
            alignment: 64
        ).bindMemory(to: MessageEntry.self, capacity: capacity + 1)
        for index in 0...capacity { (entries + index).initialize(to: MessageEntry()) }
        view = MessageView(entries: entries, mask: UInt32(capacity - 1))
    }

    deinit {
        view.entries.deinitialize(count: Int(view.mask) + 2)
        view.entries.deallocate()
    }

    /// The entry of a message that was begun; nil where it is forgotten, or was never begun.
    func entry(_ sequence: UInt32) -> UnsafeMutablePointer<MessageEntry>? { view.entry(sequence) }

    /// Begins the next message; the oldest one is forgotten.
    ///
    /// - Returns: its sequence, from 1.
    func begin(scheduled: Nanoseconds, forgetting: (UnsafeMutablePointer<MessageEntry>) -> Void = { _ in }) -> UInt32 {
        let sequence = latest.load(ordering: .relaxed) + 1
        let entry = view.place(sequence)
        if entry.pointee.sequence.load(ordering: .relaxed) > 0 { forgetting(entry) }
        entry.pointee.sequence.store(0, ordering: .releasing)
        entry.pointee.scheduled.store(scheduled, ordering: .relaxed)
        entry.pointee.sent.store(scheduled, ordering: .relaxed)
        entry.pointee.accepted.store(0, ordering: .relaxed)
        entry.pointee.earliest.store(MessageEntry.never, ordering: .relaxed)
        entry.pointee.first.store(MessageEntry.never, ordering: .relaxed)
        entry.pointee.last.store(0, ordering: .relaxed)
        entry.pointee.received.store(0, ordering: .relaxed)
        entry.pointee.lost.store(0, ordering: .relaxed)
        entry.pointee.sequence.store(UInt64(sequence), ordering: .releasing)
        view.entries[Int(view.mask) + 1].sequence.store(UInt64(sequence), ordering: .releasing)
        latest.store(sequence, ordering: .releasing)
        return sequence
    }

    /// Notes that a message's request is being sent.
    func send(_ sequence: UInt32, at moment: Nanoseconds) {
        entry(sequence)?.pointee.sent.store(moment, ordering: .relaxed)
    }

    /// Notes that the server has taken a message.
    func accept(_ sequence: UInt32, at moment: Nanoseconds) {
        entry(sequence)?.pointee.accepted.store(moment, ordering: .relaxed)
    }

    /// Every message that is remembered, in no order.
    func forEach(_ body: (UnsafeMutablePointer<MessageEntry>) -> Void) {
        for index in 0...Int(view.mask) where view.entries[index].sequence.load(ordering: .relaxed) > 0 {
            body(view.entries + index)
        }
    }
}

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

/// What workers see of a publisher's ``MessageTable``, as a plain value: to look at it retains nothing.
///
/// Whoever holds one must hold the table as well.
struct MessageView {
    /// The messages, and behind the last of them one whose sequence is that of the message begun last.
    let entries: UnsafeMutablePointer<MessageEntry>
    /// The remembered messages' number, less one.
    let mask: UInt32

    /// The sequence of the message begun last; 0 before the first.
    var latest: UInt32 {
        UInt32(truncatingIfNeeded: entries[Int(mask) + 1].sequence.load(ordering: .acquiring))
    }

    /// The entry of a message that was begun; nil where it is forgotten, or was never begun.
    func entry(_ sequence: UInt32) -> UnsafeMutablePointer<MessageEntry>? {
        let entry = place(sequence)
        return entry.pointee.sequence.load(ordering: .acquiring) == UInt64(sequence) && sequence > 0 ? entry : nil
    }

    /// Where a message's entry is, or was, or will be.
    func place(_ sequence: UInt32) -> UnsafeMutablePointer<MessageEntry> { entries + Int(sequence & mask) }
}

/// A publisher whose messages the workers watch for.
struct WatchedPublisher: Sendable {
    /// Its name.
    let name: String
    /// What it has sent.
    let table: MessageTable
    /// What its messages are judged by.
    let rule: DeliveryRule
    /// Words of each stream's window.
    let words: Int
    /// Whether each scenario's streams are to get its messages.
    let scenarios: [Bool]
}

/// What the hot path needs of a ``WatchedPublisher``, as a plain value.
struct PublisherWatch {
    /// What it has sent.
    let messages: MessageView
    /// What its messages are judged by.
    let rule: DeliveryRule
    /// Words of each stream's window.
    let words: Int
    /// Where these begin among the words of a stream.
    let offset: Int
}

/// What a load's workers watch for: the messages of its publishers.
struct PublishedMessages: Sendable {
    /// Finds the run's stamps; nil where nothing is published.
    var reader: MessageStampReader?
    /// The publishers, in the order of their stamps.
    var publishers: [WatchedPublisher] = []
}
