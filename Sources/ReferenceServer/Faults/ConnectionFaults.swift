import EventLoop
import Glibc
import Transport
import Vocabulary

extension Faults {
    static let slowAccept = FaultDefinition(
        .slowAccept,
        "Connections that arrive are accepted 500 ms later."
    )

    /// How long connections wait to be accepted, in ns.
    static let acceptDelay: Nanoseconds = 500 * .perMillisecond

    /// Whether connections are accepted as soon as they arrive.
    var acceptsAtOnce: Bool { !contains(.slowAccept) }
}

extension SocketThread {
    /// Stops looking at a listener until it is time to accept.
    func acceptLater(from index: Int) {
        loop.remove(listeners[index].descriptor)
        loop.timers.set(index, at: loop.turnStarted + Faults.acceptDelay)
    }
}

extension Faults {
    static let noHandshakeTimeout = FaultDefinition(
        .noHandshakeTimeout,
        "A client that has connected may take as long as it likes over its handshake and its request."
    )

    /// Whether a client that has connected has only a time until its request is complete.
    var limitsFirstRequest: Bool { !contains(.noHandshakeTimeout) }
}

extension Faults {
    static let crashOnReset = FaultDefinition(
        .crashOnReset,
        "The process dies of SIGABRT when a connection is reset while it streams."
    )

    /// Dies of a connection's failure where that is what the fault does.
    func crash(on failure: Failure, in phase: Connection.Phase) {
        guard contains(.crashOnReset), phase == .streaming, failure == .system(SystemError(ECONNRESET)) else { return }
        abort()
    }
}

extension Faults {
    /// How long after a client has left the timer fires, in ns.
    static let crashDelay: Nanoseconds = 700 * .perMillisecond

    static let lateCrash = FaultDefinition(
        .lateCrash,
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

extension Faults {
    /// The faults of connections.
    static let ofConnections = [slowAccept, noHandshakeTimeout, crashOnReset, lateCrash]
}
