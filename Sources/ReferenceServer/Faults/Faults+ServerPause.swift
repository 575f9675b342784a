import EventLoop
import Glibc
import Synchronization
import Vocabulary

extension Faults {
    static let serverPause = FaultExplanation(
        "The whole server stands still for 2.5 s, once: when a stream has been open for --fault-after."
    )
}

/// The times in which both threads of a server stand still.
final class ServerPause: Sendable {
    /// How long the server stands still, in ns.
    static let length: Nanoseconds = 2_500 * .perMillisecond
    /// How much longer requests wait than sockets: heartbeats that are due go out before anything expires.
    private static let headStart: Nanoseconds = 50 * .perMillisecond

    private let faults: Faults
    /// When it is over, in ns of the monotonic clock; 0 before it has begun.
    private let end = Atomic<UInt64>(0)
    /// Whether the socket thread waits for a client that does not read.
    private let isFrozen = Atomic<Bool>(false)

    init(_ faults: Faults) { self.faults = faults }

    /// Stands still where it is time to; on the socket thread.
    ///
    /// - Parameters:
    ///   - moment: now, in ns of the monotonic clock.
    ///   - opened: when some stream was opened.
    func standStill(at moment: Nanoseconds, since opened: Nanoseconds) {
        guard faults.contains(.serverPause), moment >= opened.addingSaturated(faults.delay),
            end.load(ordering: .acquiring) == 0
        else { return }
        end.store(moment + Self.length, ordering: .releasing)
        Self.sleep(until: moment + Self.length)
    }

    /// Says whether the socket thread waits for a client; on the socket thread.
    func freeze(_ isWaiting: Bool) { isFrozen.store(isWaiting, ordering: .releasing) }

    /// Stands still as long as the socket thread does; on the handler thread.
    func follow() {
        while isFrozen.load(ordering: .acquiring) { usleep(5_000) }
        let end = end.load(ordering: .acquiring)
        if end > 0 { Self.sleep(until: end + Self.headStart) }
    }

    private static func sleep(until moment: Nanoseconds) {
        while case let now = MonotonicClock.now(), now < moment {
            usleep(UInt32(clamping: (moment - now) / .perMicrosecond + 1))
        }
    }
}
