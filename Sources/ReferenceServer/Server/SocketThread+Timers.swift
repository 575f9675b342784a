import EventLoop
import EventStream
import Vocabulary

extension SocketThread {
    /// A listener's timer has the listener's number; the connections' come after those.
    func timer(of connection: Connection) -> Int { listeners.count + connection.token.slot }

    func startTimer(of connection: Connection, after duration: Nanoseconds) {
        loop.timers.set(timer(of: connection), at: loop.turnStarted.addingSaturated(duration))
    }

    func expired(_ timer: Int) {
        guard timer >= listeners.count else { return watchListener(timer) }
        guard let connection = connections[timer - listeners.count] else { return }
        switch connection.phase {
        case .streaming: sendHeartbeat(connection)
        case .head where connection.parser.isFresh && connection.hasServed:
            // Between two requests a client may fall silent.
            close(connection)
        case .handshaking, .head, .body:
            metrics.timeouts.add()
            close(connection)
        case .handling, .finishing, .lingering, .closed: close(connection)
        }
    }

    func startHeartbeats(_ connection: Connection, for client: ClientID) {
        guard connection.phase == .streaming, let heartbeat else { return }
        connection.client = client
        connection.nextHeartbeat = loop.turnStarted.addingSaturated(heartbeat)
        loop.timers.set(timer(of: connection), at: connection.nextHeartbeat)
    }

    private func sendHeartbeat(_ connection: Connection) {
        guard let heartbeat, let client = connection.client, let response = connection.response else { return }
        send(response.isChunked ? EventBytes.heartbeat.chunk : EventBytes.heartbeat.body, to: connection)
        guard connection.phase == .streaming else { return }
        metrics.heartbeats.add()
        registry.sent(to: client)
        // Counted from the registration; a loop that was held up does not catch up on what it missed.
        let late = loop.turnStarted - min(connection.nextHeartbeat, loop.turnStarted)
        connection.nextHeartbeat = (loop.turnStarted - late % heartbeat).addingSaturated(heartbeat)
        loop.timers.set(timer(of: connection), at: connection.nextHeartbeat)
    }
}
