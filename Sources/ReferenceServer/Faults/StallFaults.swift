import EventLoop
import Glibc
import Synchronization
import Transport
import Vocabulary

extension Faults {
    static let starvesBystanders = FaultDefinition(
        .starvesBystanders,
        "Each open stream takes a worker of the pool of \(requestWorkers) that ordinary requests need too: while all are taken, "
            + "these wait."
    )

    /// Streams that may be open before ordinary requests wait.
    static let requestWorkers = 8
    /// How often a request that waits looks for a free worker, in ns.
    static let workerLook: Nanoseconds = 20 * .perMillisecond

    /// Whether an ordinary request must wait.
    ///
    /// What looks at the server's state has a worker of its own.
    func mustWait(_ endpoint: Endpoint?, streams: Int) -> Bool {
        guard contains(.starvesBystanders), streams >= Self.requestWorkers else { return false }
        return switch endpoint {
        case .health, .subscribe, .unsubscribe: true
        case .events, .broadcast, .completions, .state, .metrics, nil: false
        }
    }
}

extension HandlerThread {
    /// Handles a request again once a worker may be free.
    func handleLater(_ request: ServerRequest, on timers: HandlerTimers) {
        timers.run(after: Faults.workerLook) { [weak self] in self?.handle(request) }
    }
}

extension Faults {
    static let serverPause = FaultDefinition(
        .serverPause,
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
        guard faults.contains(.serverPause), moment >= opened.saturatingAdding(faults.delay),
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

extension Faults {
    static let frozenReaderStallsAll = FaultDefinition(
        .frozenReaderStallsAll,
        "A write to a client that does not read waits until it does, or leaves; meanwhile nobody is served."
    )

    /// The longest that such a write waits before it looks whether the server is to stop, in ms.
    static let frozenLook: Int32 = 50
}

extension SocketThread {
    /// Waits for a client that does not read, where that is what the fault does.
    ///
    /// - Returns: whether the write is to be tried again.
    func waitForReader(_ connection: Connection) -> Bool {
        guard faults.contains(.frozenReaderStallsAll), connection.phase == .streaming else { return false }
        pause.freeze(true)
        defer { pause.freeze(false) }
        var descriptor = pollfd(fd: connection.stream.descriptor, events: Int16(POLLOUT), revents: 0)
        while !isAskedToStop {
            // Writable, or broken: the next write tells.
            if poll(&descriptor, 1, Faults.frozenLook) > 0 { return true }
        }
        return false
    }
}

extension Faults {
    /// The faults that make clients wait for others.
    static let ofStalls = [starvesBystanders, serverPause, frozenReaderStallsAll]
}
