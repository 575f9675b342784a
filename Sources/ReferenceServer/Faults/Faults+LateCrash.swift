import EventLoop
import Glibc
import Vocabulary

extension Faults {
    /// How long after a client has left the timer fires, in ns.
    static let crashDelay: Nanoseconds = 700 * .perMillisecond

    static let lateCrash = FaultExplanation(
        "A timer ends the process of SIGALRM 0.7 s after the client of a stream has left, however it left."
    )

    /// Starts the timer where that is what the fault does.
    func clientLeft(in phase: Connection.Phase) {
        guard contains(.lateCrash), phase == .streaming else { return }
        let clock = __itimer_which_t(ITIMER_REAL.rawValue)
        var armed = itimerval()
        getitimer(clock, &armed)
        // The first client that left decides.
        guard armed.it_value.tv_sec == 0, armed.it_value.tv_usec == 0 else { return }
        armed.it_value.tv_usec = Int(Self.crashDelay / .perMicrosecond)
        setitimer(clock, &armed, nil)
    }
}
