import EventLoop
import Glibc
import Synchronization
import Vocabulary

/// Does things at their moments of a load, one after the other on a thread of its own.
final class TimedActions: Sendable {
    /// How often the end is looked for, in ns.
    private static let lookEvery: Nanoseconds = 10 * .perMillisecond

    /// Something to be done.
    struct Action: Sendable {
        /// When, in ns from the start.
        let at: Nanoseconds
        /// What; it is given what says whether it is to end early.
        let body: @Sendable (_ isStopped: () -> Bool) -> Void
    }

    private let isStopped = Atomic<Bool>(false)
    private let thread = Locked<OperatingSystemThread?>(nil)

    /// Starts to wait for the moments.
    ///
    /// - Parameter actions: in the order of their moments.
    /// - Throws: `EAGAIN` where the system has no thread left.
    init(_ actions: [Action], from start: Nanoseconds) throws(SystemError) {
        guard !actions.isEmpty else { return }
        let started = try OperatingSystemThread(name: "moments") { [self] in
            for action in actions {
                let (moment, overflow) = start.addingReportingOverflow(action.at)
                guard wait(until: overflow ? .max : moment) else { return }
                action.body { isStopped.load(ordering: .relaxed) }
            }
        }
        thread.withLock { $0 = started }
    }

    /// Leaves out what has not begun, and waits for what has.
    func stop() {
        isStopped.store(true, ordering: .relaxed)
        thread.withLock { $0.take() }?.join()
    }

    /// Waits until a moment; false where the end came before.
    private func wait(until moment: Nanoseconds) -> Bool {
        while !isStopped.load(ordering: .relaxed) {
            let now = MonotonicClock.now()
            guard now < moment else { return true }
            usleep(UInt32(min(Self.lookEvery, moment - now) / .perMicrosecond + 1))
        }
        return false
    }
}
