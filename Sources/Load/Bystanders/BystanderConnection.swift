import EventLoop
import EventStream
import HTTP
import Transport
import Vocabulary

/// One request of a bystander, on a connection of its own.
final class BystanderConnection {
    /// What the connection waits for.
    enum Phase: Comparable {
        case connecting
        case handshaking
        case sending
        case awaitingHead
        case readingBody
    }

    /// Which bystander's request it is.
    let bystander: Int
    /// When it was to be sent, in ns of the monotonic clock.
    let scheduled: Nanoseconds
    let stream: ByteStream
    var phase = Phase.connecting
    /// The rest of the request.
    var output: ArraySlice<UInt8>
    var head: HTTPResponseHeadParser
    var body = BodyDecoder.none
    var bodyBytes = 0
    /// The status of the answer, once it is there.
    var status = 0

    init(_ stream: ByteStream, of bystander: Int, scheduled: Nanoseconds, request: [UInt8]) {
        self.stream = stream
        self.bystander = bystander
        self.scheduled = scheduled
        output = request[...]
        head = HTTPResponseHeadParser(limitBytes: BystanderThread.headBytes)
    }

    func close() {
        head.release()
        stream.close()
    }
}

/// A bystander's request on its way: request out, answer in.
extension BystanderThread {
    /// Goes on with a connection that epoll reports.
    func ready(_ slot: Int, _ connection: BystanderConnection, _ readiness: Readiness) {
        switch connection.phase {
        case .connecting:
            if let failure = connection.stream.connectError() { return fail(slot, failure.name) }
            connection.phase = .handshaking
            shakeHands(slot, connection)
        case .handshaking: shakeHands(slot, connection)
        case .sending: send(slot, connection)
        case .awaitingHead, .readingBody: break
        }
        guard connections[slot] === connection, connection.phase > .handshaking,
            !readiness.isDisjoint(with: [.readable, .peerClosed, .hungUp, .failed]) || connection.stream.hasBuffered
        else { return }
        read(slot, connection)
    }

    private func shakeHands(_ slot: Int, _ connection: BystanderConnection) {
        switch connection.stream.handshake() {
        case .wouldBlock, .stopped: break
        case .failed(let failure): fail(slot, failure.name)
        case .established:
            connection.phase = .sending
            send(slot, connection)
        }
    }

    private func send(_ slot: Int, _ connection: BystanderConnection) {
        while !connection.output.isEmpty {
            switch connection.output.withUnsafeBytes(connection.stream.write) {
            case .bytes(let count): connection.output = connection.output.dropFirst(count)
            case .wouldBlock: return
            case .end: return fail(slot, BystanderError.endedBeforeAnswer.rawValue)
            case .failed(let failure): return fail(slot, failure.name)
            }
        }
        connection.phase = .awaitingHead
    }

    private func read(_ slot: Int, _ connection: BystanderConnection) {
        while connections[slot] === connection {
            var received: UInt64 = 0
            switch connection.stream.read(into: buffer, received: &received) {
            case .wouldBlock: return
            case .failed(let failure): return fail(slot, failure.name)
            case .end: return ended(slot, connection)
            case .bytes(let count):
                let moment = received > 0 ? received &- realtime.ahead : MonotonicClock.now()
                let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<count])
                if let error = take(bytes, slot, connection, at: moment) { return fail(slot, error) }
            }
        }
    }

    /// The server has ended the connection, which ends some bodies.
    private func ended(_ slot: Int, _ connection: BystanderConnection) {
        guard connection.phase == .readingBody else { return fail(slot, BystanderError.endedBeforeAnswer.rawValue) }
        do throws(BodyError) {
            try connection.body.finish()
            answered(slot, at: MonotonicClock.now())
        } catch {
            fail(slot, error.rawValue)
        }
    }

    /// Takes bytes of the answer.
    ///
    /// - Returns: the name of what is wrong with them; nil where nothing is.
    private func take(
        _ bytes: UnsafeRawBufferPointer,
        _ slot: Int,
        _ connection: BystanderConnection,
        at moment: Nanoseconds
    ) -> String? {
        var input = bytes
        do throws(HTTPHeadError) {
            while connection.phase != .readingBody {
                guard let parsed = try connection.head.parse(input) else { return nil }
                input = UnsafeRawBufferPointer(rebasing: input[parsed.consumed...])
                if parsed.head.isInterim { continue }
                connection.status = parsed.head.status
                let isHead = bystanders[connection.bystander].isHead
                connection.body = BodyDecoder(try parsed.head.bodyFraming(toHead: isHead))
                connection.phase = .readingBody
            }
        } catch {
            return error.rawValue
        }
        do throws(BodyError) {
            while let slice = try connection.body.next(&input) { connection.bodyBytes += slice.count }
        } catch {
            return error.rawValue
        }
        if connection.bodyBytes > Self.bodyBytes { return BystanderError.bodyLimit.rawValue }
        if connection.body.isComplete { answered(slot, at: moment) }
        return nil
    }
}

/// The names of a bystander's errors that are neither a status nor the system's.
enum BystanderError: String {
    /// No answer came in time.
    case timeout = "TIMEOUT_ANSWER"
    /// The server closed before its answer was complete.
    case endedBeforeAnswer = "ENDED_BEFORE_ANSWER"
    /// The answer's body is too long.
    case bodyLimit = "LIMIT_BODY_BYTES"
}
