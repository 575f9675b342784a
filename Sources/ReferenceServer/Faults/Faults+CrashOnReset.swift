import Vocabulary
import EventLoop
import Glibc
import Transport

extension Faults {
    static let crashOnReset = FaultExplanation(
        "The process dies of SIGABRT when a connection is reset while it streams."
    )

    /// Dies of a connection's failure where that is what the fault does.
    func crash(on failure: Failure, in phase: Connection.Phase) {
        guard contains(.crashOnReset), phase == .streaming, failure == .system(SystemError(ECONNRESET)) else { return }
        abort()
    }
}
