import EventLoop
import EventStream
import HTTP
import Record
import Synchronization
import Transport
import Vocabulary

/// One connection of a publisher: it carries one message at a time, and is kept for the next where the server lets it.
final class PublishConnection {
    /// What the connection waits for.
    enum Phase: Comparable {
        case connecting
        case handshaking
        case sending
        case awaitingHead
        case readingBody
        case idle
    }

    let stream: ByteStream
    var phase = Phase.connecting
    /// The message that is under way; 0 for none.
    var sequence: UInt32 = 0
    /// The rest of the request.
    var output: ArraySlice<UInt8> = []
    var head: HTTPResponseHeadParser
    var body = BodyDecoder.none
    var bodyBytes = 0
    /// The status of the answer, once it is there.
    var status = 0
    var mayBeKept = false
    /// When it became idle, in ns of the monotonic clock.
    var idleSince: Nanoseconds = 0

    init(_ stream: ByteStream, sequence: UInt32) {
        self.stream = stream
        self.sequence = sequence
        head = HTTPResponseHeadParser(limitBytes: PublisherThread.headBytes)
    }

    func close() {
        head.release()
        stream.close()
    }
}

/// A message's way over a connection: request out, answer in.
extension PublisherThread {
    /// Goes on with a connection that epoll reports.
    func ready(_ slot: Int, _ readiness: Readiness) {
        guard let connection = connections[slot] else { return }
        switch connection.phase {
        case .connecting:
            if let failure = connection.stream.connectError() { return fail(slot, failure.name) }
            connection.phase = .handshaking
            shakeHands(slot, connection)
        case .handshaking: shakeHands(slot, connection)
        case .sending: send(slot, connection)
        case .awaitingHead, .readingBody, .idle: break
        }
        guard let connection = connections[slot], connection.phase > .handshaking,
            !readiness.isDisjoint(with: [.readable, .peerClosed, .hungUp, .failed]) || connection.stream.hasBuffered
        else { return }
        read(slot, connection)
    }

    /// Gives an idle connection its next message.
    func carry(_ sequence: UInt32, on slot: Int) {
        guard let connection = connections[slot] else { return }
        connection.sequence = sequence
        loop.timers.set(slot + 1, at: MonotonicClock.now() + Self.timeout)
        start(slot, connection)
    }

    private func shakeHands(_ slot: Int, _ connection: PublishConnection) {
        switch connection.stream.handshake() {
        case .wouldBlock, .stopped: break
        case .failed(let failure): fail(slot, failure.name)
        case .established: start(slot, connection)
        }
    }

    /// Begins to send the connection's message.
    private func start(_ slot: Int, _ connection: PublishConnection) {
        let stamp = MessageStamp(publisher: position, sequence: connection.sequence)
        let now = MonotonicClock.now()
        connection.output = publisher.request(number: stamp.number(run: run), at: now)[...]
        connection.phase = .sending
        counts.sent += 1
        if let scheduled = table.entry(connection.sequence)?.pointee.scheduled.load(ordering: .relaxed),
            now > scheduled + Self.lateness
        {
            counts.late += 1
        }
        table.send(connection.sequence, at: now)
        send(slot, connection)
    }

    private func send(_ slot: Int, _ connection: PublishConnection) {
        while !connection.output.isEmpty {
            switch connection.output.withUnsafeBytes(connection.stream.write) {
            case .bytes(let count): connection.output = connection.output.dropFirst(count)
            case .wouldBlock: return
            case .end: return fail(slot, PublishError.endedBeforeAnswer.rawValue)
            case .failed(let failure): return fail(slot, failure.name)
            }
        }
        connection.phase = .awaitingHead
    }

    private func read(_ slot: Int, _ connection: PublishConnection) {
        while connections[slot] === connection {
            var received: UInt64 = 0
            switch connection.stream.read(into: buffer, received: &received) {
            case .wouldBlock: return
            case .failed(let failure): return fail(slot, failure.name)
            // An answer that lasts until then has been counted.
            case .end: return fail(slot, PublishError.endedBeforeAnswer.rawValue)
            case .bytes(let count):
                let moment = received > 0 ? received &- realtime.ahead : MonotonicClock.now()
                do throws(ExchangeError) {
                    try take(UnsafeRawBufferPointer(rebasing: buffer[..<count]), slot, connection, at: moment)
                } catch {
                    return fail(slot, error.name)
                }
            }
        }
    }

    /// Takes bytes of the answer.
    private func take(
        _ bytes: UnsafeRawBufferPointer,
        _ slot: Int,
        _ connection: PublishConnection,
        at moment: Nanoseconds
    ) throws(ExchangeError) {
        var input = bytes
        while connection.phase == .sending || connection.phase == .awaitingHead {
            guard
                let parsed = try ExchangeError.mapped({ () throws(HTTPHeadError) in try connection.head.parse(input) })
            else { return }
            input = UnsafeRawBufferPointer(rebasing: input[parsed.consumed...])
            if parsed.head.isInterim { continue }
            connection.status = parsed.head.status
            // An answer before the end of its request leaves the rest of it in the way of the next.
            connection.mayBeKept = parsed.head.keepAlive && connection.output.isEmpty
            let framing = try ExchangeError.mapped { () throws(HTTPHeadError) in
                try parsed.head.bodyFraming(toHead: publisher.isHead)
            }
            connection.body = BodyDecoder(framing)
            connection.bodyBytes = 0
            connection.phase = .readingBody
            answered(connection, at: moment)
        }
        // Nothing was asked for: the connection is spoilt.
        guard connection.phase == .readingBody else { return close(slot) }
        do throws(BodyError) {
            while let slice = try connection.body.next(&input) { connection.bodyBytes += slice.count }
        } catch {
            throw ExchangeError(name: error.rawValue)
        }
        guard connection.bodyBytes <= Self.bodyBytes else { throw ExchangeError(name: PublishError.bodyLimit.rawValue) }
        if connection.body.isComplete { finish(slot, connection, isClean: input.isEmpty) }
    }

    /// The answer's head is there: the message is taken, or is not.
    private func answered(_ connection: PublishConnection, at moment: Nanoseconds) {
        defer { connection.sequence = 0 }
        guard (200..<300).contains(connection.status) else { return count("HTTP_\(connection.status)") }
        counts.accepted += 1
        if let scheduled = table.entry(connection.sequence)?.pointee.scheduled.load(ordering: .relaxed) {
            counts.answer.record(moment > scheduled ? moment - scheduled : 0)
        }
        table.accept(connection.sequence, at: moment)
    }

    private func finish(_ slot: Int, _ connection: PublishConnection, isClean: Bool) {
        guard connection.mayBeKept, isClean else {
            close(slot)
            return publishDue()
        }
        loop.timers.cancel(slot + 1)
        connection.phase = .idle
        connection.idleSince = MonotonicClock.now()
        publishDue()
    }

}

/// What is wrong with an answer, by its name.
private struct ExchangeError: Error {
    let name: String

    static func mapped<Value>(_ body: () throws(HTTPHeadError) -> Value) throws(ExchangeError) -> Value {
        do throws(HTTPHeadError) {
            return try body()
        } catch {
            throw ExchangeError(name: error.rawValue)
        }
    }
}

/// The names of errors in which a message was not taken, beside those of sockets, TLS, HTTP and statuses.
package enum PublishError: String, Sendable {
    /// The answer did not come in time.
    case timeout = "TIMEOUT_PUBLISH"
    /// The server closed before it had answered.
    case endedBeforeAnswer = "ENDED_BEFORE_ANSWER"
    /// The answer's body is too long.
    case bodyLimit = "LIMIT_BODY_BYTES"
    /// The load ended, and a grace time later the answer had not come.
    case unanswered = "UNANSWERED_AT_END"
}
