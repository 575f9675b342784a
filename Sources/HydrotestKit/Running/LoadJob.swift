import EventLoop
import Glibc
import Load
import Record
import Synchronization
import Vocabulary

/// A load that runs on threads of its own while the controller looks on.
final class LoadJob: Sendable {
    private let done = Atomic<Bool>(false)
    private let outcome = Locked<Result<LoadRecord, SystemError>?>(nil)
    private let thread = Locked<OperatingSystemThread?>(nil)
    private let loop: EventLoop

    /// Starts the load.
    ///
    /// - Throws: `EAGAIN` where the system has no thread left, `EMFILE` where it has no descriptor.
    init(_ generator: LoadGenerator) throws(SystemError) {
        loop = try EventLoop()
        let started = try OperatingSystemThread(name: "load") { [self] in
            let result: Result<LoadRecord, SystemError>
            do throws(SystemError) {
                result = .success(try generator.run())
            } catch {
                result = .failure(error)
            }
            outcome.withLock { $0 = result }
            done.store(true, ordering: .releasing)
            loop.wake()
        }
        thread.withLock { $0 = started }
    }

    /// Whether the load has ended.
    var isDone: Bool { done.load(ordering: .acquiring) }

    /// Waits for the load's end, on the thread that looks on; in ns of the monotonic clock.
    func wait(until moment: Nanoseconds) {
        do {
            try loop.turn(until: moment) { _ in }
        } catch {
            // Looking too early harms nothing.
            usleep(UInt32(ProfileRun.lookEvery / .perMicrosecond))
        }
    }

    /// What it came to; to be asked once, when it has ended.
    ///
    /// - Throws: what kept the load from running.
    func result() throws(SystemError) -> LoadRecord {
        guard let result = outcome.withLock({ $0 }) else { preconditionFailure("the load has not ended") }
        // Without it, the thread's stack would stay.
        thread.withLock { $0.take() }?.join()
        return try result.get()
    }
}
