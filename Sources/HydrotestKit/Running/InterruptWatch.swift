import EventLoop
import Glibc
import Synchronization

/// Waits for SIGINT and SIGTERM, of which whoever ends a process often sends two: the first asks for an orderly end,
/// the second for the report at once, and only the third ends the process.
///
/// To be made before any other thread, as threads inherit the blocked signals.
public final class InterruptWatch: Sendable {
    /// The signal that ends the process, counted from 1.
    static let lastSignal = 3

    private let handlers = Locked<[@Sendable () -> Void]>([])
    private let received = Atomic<Int>(0)

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
                let count = received.add(1, ordering: .relaxed).newValue
                if count >= Self.lastSignal { _exit(ExitCode.interrupted) }
                if count == 1 { for handler in handlers.withLock({ $0 }) { handler() } }
            }
        }
    }

    /// Whether a signal has come: no more load is to begin.
    public var isInterrupted: Bool { received.load(ordering: .relaxed) > 0 }

    /// Whether a second signal has come: what is known is to be written at once.
    public var isUrgent: Bool { received.load(ordering: .relaxed) > 1 }

    /// Calls a handler when the first signal comes, on a thread of the watch; at once where one has come.
    public func onInterrupt(_ handler: @escaping @Sendable () -> Void) {
        handlers.withLock { $0.append(handler) }
        if isInterrupted { handler() }
    }
}
