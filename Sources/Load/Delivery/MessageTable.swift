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
