import EventLoop
import Glibc
import Synchronization

/// Waits for SIGINT and SIGTERM: the first one asks for an orderly end, the second one ends the process.
///
/// To be made before any other thread, as threads inherit the blocked signals.
public final class InterruptWatch: Sendable {
    private let handlers = Locked<[@Sendable () -> Void]>([])
    private let received = Atomic<Bool>(false)

    /// Starts to wait.
    ///
    /// - Throws: `EAGAIN` where the system has no thread left.
    public init() throws(SystemError) {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGINT)
        sigaddset(&signals, SIGTERM)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        _ = try OperatingSystemThread(name: "interrupts") { [self] in
            var signals = sigset_t()
            sigemptyset(&signals)
            sigaddset(&signals, SIGINT)
            sigaddset(&signals, SIGTERM)
            while true {
                var number: Int32 = 0
                guard sigwait(&signals, &number) == 0 else { return }
                if received.exchange(true, ordering: .relaxed) { _exit(ExitCode.interrupted) }
                for handler in handlers.withLock({ $0 }) { handler() }
            }
        }
    }

    /// Whether a signal has come.
    public var isInterrupted: Bool { received.load(ordering: .relaxed) }

    /// Calls a handler when a signal comes, on a thread of the watch; at once where one has come.
    public func onInterrupt(_ handler: @escaping @Sendable () -> Void) {
        handlers.withLock { $0.append(handler) }
        if isInterrupted { handler() }
    }
}
