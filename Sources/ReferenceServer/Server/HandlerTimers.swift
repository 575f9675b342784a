import EventLoop
import Synchronization
import Vocabulary

/// The timers of the handler thread; only a timer's own methods may be called from other threads.
final class HandlerTimers: InactivityTimers, @unchecked Sendable {
    private let loop: EventLoop
    private var timers: [HandlerTimer?] = []
    private var free: [Int] = []
    /// Slots whose timers other threads have cancelled; the wheel is this thread's alone.
    private let cancelled = Locked<[Int]>([])

    init(on loop: EventLoop) { self.loop = loop }

    func start(after duration: Nanoseconds, _ fire: @escaping @Sendable () -> Void) -> any InactivityTimer {
        add(after: duration, fire)
    }

    /// Runs something once, later.
    func run(after duration: Nanoseconds, _ run: @escaping @Sendable () -> Void) {
        add(after: duration, run)
    }

    @discardableResult
    private func add(after duration: Nanoseconds, _ fire: @escaping @Sendable () -> Void) -> HandlerTimer {
        freeCancelled()
        let slot = free.popLast() ?? timers.count
        if slot == timers.count { timers.append(nil) }
        let timer = HandlerTimer(slot: slot, duration: duration, fire: fire, owner: self)
        timers[slot] = timer
        loop.timers.set(slot, at: timer.deadline)
        return timer
    }

    /// Fires a timer of the loop, unless it was restarted or cancelled in the meantime.
    func expired(_ slot: Int) {
        freeCancelled()
        guard let timer = timers[slot] else { return }
        // Restarting moves only the deadline, which is cheap from any thread; the wheel follows here.
        let deadline = timer.deadline
        if deadline > loop.turnStarted { return loop.timers.set(slot, at: deadline) }
        // Losing against a cancel leaves the slot to the next look at the cancelled ones.
        guard timer.finish() else { return }
        timers[slot] = nil
        free.append(slot)
        timer.fire()
    }

    func cancelled(_ slot: Int) {
        cancelled.withLock { $0.append(slot) }
    }

    /// Forgets all timers, each of which holds on to this object until it has fired.
    func removeAll() {
        freeCancelled()
        timers = []
        free = []
    }

    private func freeCancelled() {
        let slots = cancelled.withLock { cancelled in
            defer { cancelled.removeAll(keepingCapacity: true) }
            return cancelled
        }
        for slot in slots {
            loop.timers.cancel(slot)
            timers[slot] = nil
            free.append(slot)
        }
    }
}

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
        MonotonicClock.now().saturatingAdding(duration)
    }
}
