import EventLoop
import EventStream
import HTTP
import Vocabulary

extension SocketThread {
    /// A listener's timer has the listener's number; the connections' come after those.
    func timer(of connection: Connection) -> Int { listeners.count + connection.token.slot }

    func startTimer(of connection: Connection, after duration: Nanoseconds) {
        loop.timers.set(timer(of: connection), at: loop.turnStarted.saturatingAdding(duration))
    }

    func expired(_ timer: Int) {
        guard timer >= listeners.count else { return resumeAccepting(from: timer) }
        guard let connection = connections[timer - listeners.count] else { return }
        switch connection.phase {
        case .streaming where connection.lifeEnd ?? .max <= loop.turnStarted: endLife(connection)
        case .streaming: sendHeartbeat(connection)
        case .head where connection.parser.isFresh && connection.hasServed:
            // Between two requests a client may fall silent.
            close(connection)
        case .handshaking, .head, .body:
            metrics.timeouts.add()
            close(connection)
        case .halfClosed: forget(connection)
        case .handling, .finishing, .lingering, .closed: close(connection)
        }
    }

    func startHeartbeats(_ connection: Connection, for client: ClientID) {
        guard connection.phase == .streaming else { return }
        connection.lifeEnd = faults.lifeEnd(since: loop.turnStarted)
        if let heartbeat {
            connection.client = client
            connection.heartbeats = HeartbeatSchedule(period: heartbeat, start: loop.turnStarted, faults: faults)
        }
        startStreamTimer(connection)
    }

    private func startStreamTimer(_ connection: Connection) {
        guard let next = [connection.heartbeats?.next, connection.lifeEnd].compactMap(\.self).min() else { return }
        loop.timers.set(timer(of: connection), at: next)
    }

    /// A stream is as old as a fault lets it become.
    private func endLife(_ connection: Connection) {
        connection.lifeEnd = nil
        if faults.cutsOldStreams { return close(connection) }
        var last: [UInt8] = []
        if connection.response?.isChunked == true { ChunkedEncoder.appendLastChunk(to: &last) }
        // This thread ends it itself: what it puts into the outbox waits until the handlers' thread sends it.
        carryOut(.end(connection.token, last))
    }

    private func sendHeartbeat(_ connection: Connection) {
        if let heartbeats = connection.heartbeats {
            pause.standStill(at: MonotonicClock.now(), since: heartbeats.start)
        }
        guard let client = connection.client, let response = connection.response else { return }
        stream(response.piece(of: .heartbeat), to: connection)
        guard connection.phase == .streaming else { return }
        metrics.heartbeats.add()
        if let due = connection.heartbeats?.next {
            let now = MonotonicClock.now()
            metrics.heartbeatLateness.add(now - min(due, now))
        }
        if faults.heartbeatsAreActivity { registry.sent(to: client) }
        connection.heartbeats?.sent(at: loop.turnStarted)
        startStreamTimer(connection)
    }
}

/// When one stream's heartbeats are due, in ns of the monotonic clock.
struct HeartbeatSchedule {
    private let period: Nanoseconds
    /// When the stream began.
    let start: Nanoseconds
    private let faults: Faults
    private var beats: UInt64 = 0
    /// When the next one is due; nil where there is none.
    private(set) var next: Nanoseconds?

    init(period: Nanoseconds, start: Nanoseconds, faults: Faults) {
        self.period = period
        self.start = start
        self.faults = faults
        if faults.hasHeartbeats { plan(start.saturatingAdding(period)) }
    }

    /// Goes on to the next one after the one that was due has been sent.
    mutating func sent(at now: Nanoseconds) {
        guard let next else { return }
        beats += 1
        // Counted from the registration; a loop that was held up does not catch up on what it missed.
        let late = now - min(next, now)
        plan((now - late % period).saturatingAdding(faults.heartbeatInterval(period, after: beats)))
    }

    private mutating func plan(_ moment: Nanoseconds) {
        let moment = faults.heartbeatMoment(moment, period: period)
        next = faults.heartbeatsAreOver(at: moment, since: start) ? nil : moment
    }
}
