import EventLoop
import Transport

extension SocketThread {
    func carryOut(_ command: SocketCommand) {
        switch command {
        case .event(let token, let bytes, let headBytes):
            guard let connection = connections[token] else { return }
            if connection.phase == .handling { connection.phase = .streaming }
            guard connection.phase == .streaming else { return }
            if bytes.count > headBytes { metrics.eventsSent.add() }
            stream(bytes, headBytes: headBytes, to: connection)
        case .registered(let token, let client):
            guard let connection = connections[token] else { return }
            startHeartbeats(connection, for: client)
        case .respond(let token, let bytes, let keepAlive):
            guard let connection = connections[token] else { return }
            respond(bytes, keepAlive: keepAlive, on: connection)
        case .end(let token, let bytes):
            guard let connection = connections[token] else { return }
            send(connection.heldBack + bytes, to: connection)
            finish(connection)
        }
    }

    /// Sends a piece of an event stream, of which the first bytes may be the response's head.
    func stream(_ bytes: [UInt8], headBytes: Int = 0, to connection: Connection) {
        send(faults.released(bytes, headBytes: headBytes, heldBack: &connection.heldBack), to: connection)
    }

    /// Sends a whole response.
    func respond(_ bytes: [UInt8], keepAlive: Bool, on connection: Connection) {
        guard connection.phase == .handling else { return }
        connection.response = nil
        send(bytes, to: connection)
        // What came in the meantime was thrown away, so that the next request may lack its beginning.
        guard keepAlive, connection.surplus == 0 else { return finish(connection) }
        guard connection.phase == .handling else { return }
        connection.hasServed = true
        connection.phase = .head
        startTimer(of: connection, after: requestTimeout)
    }

    /// Sends bytes now, or queues what the socket does not take.
    func send(_ bytes: [UInt8], to connection: Connection) {
        guard connection.phase != .closed else { return }
        var sent = 0
        while connection.output.isEmpty, sent < bytes.count {
            let result = bytes.withUnsafeBytes {
                connection.stream.write(UnsafeRawBufferPointer(rebasing: $0[sent...]))
            }
            switch result {
            case .bytes(let count):
                sent += count
                metrics.bytesSent.add(count)
            case .wouldBlock:
                if waitForReader(connection) { continue }
                return queue(bytes, from: sent, on: connection)
            case .end: return close(connection)
            case .failed(let failure): return broken(connection, failure)
            }
        }
        queue(bytes, from: sent, on: connection)
    }

    private func queue(_ bytes: [UInt8], from start: Int, on connection: Connection) {
        guard start < bytes.count else { return }
        connection.output.append(bytes, from: start)
        metrics.queuedBytes.add(bytes.count - start)
        guard connection.output.bytes > faults.queuedBytesLimit else { return }
        metrics.slowClients.add()
        close(connection)
    }

    /// Sends what is queued, as far as the socket takes it.
    func flush(_ connection: Connection) {
        // A handshake that ends in the same turn may have closed it.
        while connection.phase != .closed, !connection.output.isEmpty {
            switch connection.output.withNext(connection.stream.write) {
            case .bytes(let count):
                connection.output.consume(count)
                metrics.queuedBytes.add(-count)
                metrics.bytesSent.add(count)
            case .wouldBlock: return
            case .end: return close(connection)
            case .failed(let failure): return broken(connection, failure)
            }
        }
        if connection.phase == .finishing { linger(connection) }
    }

    /// Closes once everything is sent.
    private func finish(_ connection: Connection) {
        guard connection.phase != .closed else { return }
        connection.phase = .finishing
        startTimer(of: connection, after: requestTimeout)
        if connection.output.isEmpty { linger(connection) }
    }

    /// Waits for the client to close: closing with bytes unread would reset the connection and take the last response
    /// with it (RFC 9112, 9.6).
    private func linger(_ connection: Connection) {
        connection.phase = .lingering
        connection.stream.sendCloseNotify()
        Socket.shutdownWrite(connection.stream.descriptor)
        startTimer(of: connection, after: ReferenceServerLimits.lingerTime)
    }
}

/// Bytes that the socket has not taken yet, in pieces that may be shared with other queues.
struct OutputQueue {
    private var pieces: [[UInt8]] = []
    private var first = 0
    private var offset = 0
    /// Bytes that wait.
    private(set) var bytes = 0

    var isEmpty: Bool { bytes == 0 }

    /// Adds what follows an offset of a piece.
    mutating func append(_ piece: [UInt8], from start: Int) {
        guard start < piece.count else { return }
        if isEmpty { offset = start }
        // Only the first piece of a queue can have been sent in part.
        precondition(start == 0 || isEmpty)
        pieces.append(piece)
        bytes += piece.count - start
    }

    /// Calls a body with the bytes to send next.
    func withNext<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        pieces[first].withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[offset...])) }
    }

    /// Forgets bytes that were sent, which are not more than the last call of ``withNext(_:)`` gave.
    mutating func consume(_ count: Int) {
        bytes -= count
        offset += count
        guard offset == pieces[first].count else { return }
        offset = 0
        first += 1
        if first == pieces.count {
            pieces = []
            first = 0
        } else if first >= Self.consumedPiecesKept {
            pieces.removeFirst(first)
            first = 0
        }
    }

    private static let consumedPiecesKept = 64
}
