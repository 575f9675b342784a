import EventLoop
import Glibc
import HTTP
import Logging
import Synchronization
import Transport
import Vocabulary

/// Owns every connection: accepts, shakes hands, parses requests, writes, sends heartbeats and notices closes.
///
/// Everything but ``stop()`` belongs to the one thread that calls ``run()``.
final class SocketThread: @unchecked Sendable {
    /// Where connections come from.
    struct Listener {
        let descriptor: Int32
        /// The server's certificate; nil for plain connections.
        let tls: TLSServerContext?
    }

    let loop: EventLoop
    let commands: Mailbox<SocketCommand>
    let outbox: Outbox
    let requests: Mailbox<ServerRequest>
    /// Wakes the handler thread when it may take requests again.
    let handlerLoop: EventLoop
    let registry: any ClientRegistry
    let heartbeat: Nanoseconds?
    let requestTimeout: Nanoseconds
    let metrics: ServerMetrics
    let faults: Faults
    let logger: Logger
    let listeners: [Listener]

    var connections = ConnectionTable()
    /// Streams that a fault has lost, open until the server stops.
    var forgotten: [ByteStream] = []
    /// What one read can bring.
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
    /// Requests that became complete in this turn.
    var completed: [ServerRequest] = []
    /// Whether the last attempt to accept has failed for want of descriptors.
    var isShortOfDescriptors = false
    private var taken: [SocketCommand] = []
    private let isStopping = Atomic<Bool>(false)
    /// When a fault makes the server stand still.
    let pause: ServerPause
    /// Whether ``stop()`` was called.
    var isAskedToStop: Bool { isStopping.load(ordering: .acquiring) }

    init(_ parts: ServerParts, listeners: [Listener]) {
        loop = parts.socketLoop
        commands = parts.commands
        outbox = parts.outbox
        requests = parts.requests
        handlerLoop = parts.handlerLoop
        registry = parts.registry
        heartbeat = parts.options.heartbeat
        requestTimeout = parts.options.requestTimeout
        metrics = parts.metrics
        faults = parts.faults
        pause = parts.pause
        logger = parts.logger
        self.listeners = listeners
    }

    deinit { buffer.deallocate() }

    /// Asks the thread to end; from any thread.
    func stop() {
        isStopping.store(true, ordering: .releasing)
        loop.wake()
    }

    /// Serves until ``stop()``, then closes everything.
    func run() {
        for index in listeners.indices { watchListener(index) }
        while !isStopping.load(ordering: .acquiring) {
            do {
                try loop.turn { occurrence in
                    switch occurrence {
                    case .ready(let token, let readiness): ready(ConnectionToken(rawValue: token), readiness)
                    case .expired(let timer, _): expired(timer)
                    case .woken: carryOutCommands()
                    }
                }
            } catch {
                logger.critical("the server stops: its sockets cannot be waited for", metadata: ["error": "\(error)"])
                break
            }
            requests.post(&completed)
        }
        for connection in connections.all { close(connection) }
        for stream in forgotten { stream.close() }
        for listener in listeners { Socket.close(listener.descriptor) }
    }

    private func ready(_ token: ConnectionToken, _ readiness: Readiness) {
        if token.generation == 0 {
            return faults.acceptsAtOnce ? accept(from: token.slot) : acceptLater(from: token.slot)
        }
        // Nil where an earlier event of this turn has closed it.
        guard let connection = connections[token] else { return }
        if connection.phase == .handshaking { shakeHands(connection) }
        if readiness.contains(.writable), !connection.output.isEmpty { flush(connection) }
        if !readiness.isDisjoint(with: [.readable, .peerClosed, .hungUp, .failed]) { read(connection) }
        if readiness.contains(.peerClosed) { peerEnded(connection) }
        if !readiness.isDisjoint(with: [.hungUp, .failed]) {
            faults.clientLeft(in: connection.phase)
            close(connection)
        }
    }

    /// As in Node, a client that has closed its write side is gone.
    func peerEnded(_ connection: Connection) {
        guard connection.phase != .halfClosed else { return }
        faults.clientLeft(in: connection.phase)
        if faults.closesHalfClosed { close(connection) } else { outlive(connection) }
    }

    /// A read or a write has failed.
    func broken(_ connection: Connection, _ failure: Failure) {
        faults.crash(on: failure, in: connection.phase)
        faults.clientLeft(in: connection.phase)
        close(connection)
    }

    private func shakeHands(_ connection: Connection) {
        switch connection.stream.handshake() {
        case .established:
            connection.phase = .head
            // The request may have come before this edge.
            read(connection)
        case .wouldBlock, .stopped: break
        case .failed:
            metrics.handshakeFailures.add()
            close(connection)
        }
    }

    private func carryOutCommands() {
        commands.take(into: &taken)
        for command in taken { carryOut(command) }
        if taken.count >= ReferenceServerLimits.queuedWrites { handlerLoop.wake() }
        taken.removeAll(keepingCapacity: taken.capacity <= 1 << 16)
    }

    /// Closes a connection and says so to its response; nothing where it is closed.
    func close(_ connection: Connection) {
        guard connection.phase != .closed else { return }
        connection.phase = .closed
        connection.stream.close()
        connection.response?.connectionClosed()
        connection.response = nil
        // Last, so that whoever sees one socket less sees its client gone too.
        release(connection)
    }

    /// Frees all that is held for a connection but its socket.
    func release(_ connection: Connection) {
        connection.phase = .closed
        loop.timers.cancel(timer(of: connection))
        connection.parser.release()
        connections.remove(connection.token)
        metrics.sockets.add(-1)
        metrics.queuedBytes.add(-connection.output.bytes)
    }
}

extension SocketThread {
    func watchListener(_ index: Int) {
        let token = ConnectionToken(slot: index, generation: 0)
        do {
            try loop.add(listeners[index].descriptor, for: .readable, token: token.rawValue)
        } catch {
            logger.error("cannot watch a listener", metadata: ["error": "\(error)"])
        }
    }

    /// Accepts again after a pause.
    func resumeAccepting(from index: Int) {
        if !faults.acceptsAtOnce { accept(from: index) }
        watchListener(index)
    }

    /// Takes waiting connections; what is left over is reported again in the next turn.
    func accept(from index: Int) {
        for _ in 0..<ReferenceServerLimits.acceptsPerTurn {
            do throws(SystemError) {
                guard let descriptor = try Socket.accept(listeners[index].descriptor) else { return }
                open(descriptor, tls: listeners[index].tls)
            } catch {
                switch error.number {
                case EMFILE, ENFILE, ENOBUFS, ENOMEM: return pauseAccepting(index, error)
                // That connection is gone, or this thread was interrupted; the next one may do.
                default: continue
                }
            }
        }
    }

    private func open(_ descriptor: Int32, tls: TLSServerContext?) {
        guard connections.count < ReferenceServerLimits.connections else {
            metrics.refused.add()
            return Socket.close(descriptor)
        }
        // Failing closes the socket.
        guard let stream = try? ByteStream.accepted(descriptor, tls: tls) else { return metrics.refused.add() }
        isShortOfDescriptors = false
        metrics.accepted.add()
        metrics.sockets.add()
        let connection = connections.insert { Connection(token: $0, stream: stream) }
        connection.number = metrics.accepted.value
        do {
            // Edges, so that no interest has ever to be changed.
            try loop.add(
                descriptor,
                for: [.readable, .writable, .peerClosed, .edgeTriggered],
                token: connection.token.rawValue
            )
            if faults.limitsFirstRequest { startTimer(of: connection, after: requestTimeout) }
        } catch {
            close(connection)
        }
    }

    /// A listener stays readable while descriptors are short: watching it would only spin.
    private func pauseAccepting(_ index: Int, _ error: SystemError) {
        metrics.acceptPauses.add()
        // Said once for each shortage, not ten times a second.
        if !isShortOfDescriptors {
            logger.warning("descriptors have run out, accepting pauses", metadata: ["error": "\(error.name)"])
        }
        isShortOfDescriptors = true
        loop.remove(listeners[index].descriptor)
        loop.timers.set(index, at: loop.turnStarted + ReferenceServerLimits.acceptPause)
    }
}
