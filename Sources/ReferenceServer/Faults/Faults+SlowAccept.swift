import EventLoop
import Vocabulary

extension Faults {
    static let slowAccept = FaultExplanation("Connections that arrive are accepted 500 ms later.")

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
