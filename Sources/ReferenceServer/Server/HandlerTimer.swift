import EventLoop
import Synchronization
import Vocabulary

/// One timer of the handler thread.
final class HandlerTimer: InactivityTimer {
    let fire: @Sendable () -> Void
    private let slot: Int
    private let duration: Nanoseconds
    private let due: Atomic<UInt64>
    private let isFinished = Atomic<Bool>(false)
    private let owner: HandlerTimers

    init(slot: Int, duration: Nanoseconds, fire: @escaping @Sendable () -> Void, owner: HandlerTimers) {
        self.slot = slot
        self.duration = duration
        self.fire = fire
        self.owner = owner
        due = Atomic(Self.moment(after: duration))
    }

    /// When it is due, in ns of the monotonic clock.
    var deadline: UInt64 { due.load(ordering: .relaxed) }

    func restart() { due.store(Self.moment(after: duration), ordering: .relaxed) }

    func cancel() {
        if finish() { owner.cancelled(slot) }
    }

    /// Marks the timer as fired or cancelled.
    ///
    /// - Returns: false where it was already.
    func finish() -> Bool { !isFinished.exchange(true, ordering: .acquiringAndReleasing) }

    private static func moment(after duration: Nanoseconds) -> Nanoseconds {
        MonotonicClock.now().addingSaturated(duration)
    }
}
