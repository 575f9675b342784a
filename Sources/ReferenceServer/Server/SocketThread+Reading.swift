import EventLoop
import EventStream
import HTTP
import Transport

extension SocketThread {
    /// Reads until nothing is left, as edges demand; every phase bounds how much a client may send in it.
    func read(_ connection: Connection) {
        while connection.phase != .handshaking, connection.phase != .closed {
            switch connection.stream.read(into: buffer) {
            case .bytes(let count): consume(UnsafeRawBufferPointer(rebasing: buffer[..<count]), on: connection)
            case .wouldBlock: return
            case .end: return peerEnded(connection)
            case .failed(let failure): return broken(connection, failure)
            }
        }
    }

    private func consume(_ bytes: UnsafeRawBufferPointer, on connection: Connection) {
        var input = bytes
        if connection.phase == .head, connection.hasServed, connection.parser.isFresh {
            startTimer(of: connection, after: requestTimeout)
        }
        if connection.phase == .head { readHead(&input, on: connection) }
        if connection.phase == .body { readBody(&input, on: connection) }
        if !input.isEmpty, connection.phase != .closed { ignore(input.count, on: connection) }
    }

    private func readHead(_ input: inout UnsafeRawBufferPointer, on connection: Connection) {
        do throws(HTTPHeadError) {
            guard let parsed = try connection.parser.parse(input) else {
                return input = UnsafeRawBufferPointer(rebasing: input[input.count...])
            }
            input = UnsafeRawBufferPointer(rebasing: input[parsed.consumed...])
            let pending = try PendingRequest(parsed.head)
            guard !pending.announcesTooMuch else { return refuse(.bodyTooLarge, on: connection) }
            connection.pending = pending
            connection.phase = .body
            if pending.expectsContinue, input.isEmpty { send(ServerHead.goOn, to: connection) }
        } catch {
            switch error {
            case .headerLimit: refuse(.headTooLarge, on: connection)
            case .requestLineLimit: refuse(.targetTooLong, on: connection)
            default: refuse(.badRequest(error.rawValue), on: connection)
            }
        }
    }

    private func readBody(_ input: inout UnsafeRawBufferPointer, on connection: Connection) {
        guard let pending = connection.pending else { return }
        do throws(BodyError) {
            guard try pending.append(&input) else { return refuse(.bodyTooLarge, on: connection) }
            guard pending.isComplete else { return }
            connection.pending = nil
            handOver(pending, keepAlive: pending.head.keepAlive && input.isEmpty, on: connection)
        } catch {
            refuse(.badRequest(error.rawValue), on: connection)
        }
    }

    private func handOver(_ request: PendingRequest, keepAlive: Bool, on connection: Connection) {
        metrics.requests.add()
        loop.timers.cancel(timer(of: connection))
        let response = StreamResponse(
            token: connection.token,
            isChunked: request.head.minorVersion >= 1,
            closes: !request.head.keepAlive,
            faults: faults,
            outbox: outbox
        )
        connection.phase = .handling
        connection.response = response
        completed.append(
            ServerRequest(
                token: connection.token,
                connection: connection.number,
                head: request.head,
                body: request.body,
                response: response,
                keepAlive: keepAlive
            )
        )
    }

    /// Counts bytes that nothing is done with: requests are not pipelined, and a stream's client has nothing to say.
    private func ignore(_ count: Int, on connection: Connection) {
        connection.surplus += count
        let limit =
            connection.phase == .finishing || connection.phase == .lingering
            ? ReferenceServerLimits.lingerBytes : ReferenceServerLimits.surplusBytes
        if connection.surplus > limit { close(connection) }
    }

    private func refuse(_ response: OrdinaryResponse, on connection: Connection) {
        metrics.badRequests.add()
        connection.pending = nil
        connection.phase = .handling
        respond(response.bytes(toHead: false, keepAlive: false), keepAlive: false, on: connection)
    }
}

/// A request whose body is not complete.
final class PendingRequest {
    let head: HTTPRequestHead
    private var decoder: BodyDecoder
    private(set) var body: [UInt8] = []

    /// A request before its body.
    ///
    /// - Throws: what is wrong with the body's framing.
    init(_ head: HTTPRequestHead) throws(HTTPHeadError) {
        self.head = head
        decoder = BodyDecoder(try head.bodyFraming())
    }

    var isComplete: Bool { decoder.isComplete }

    /// Whether the head announces more than the limit.
    var announcesTooMuch: Bool {
        guard case .length(let length) = try? head.bodyFraming() else { return false }
        return length > UInt64(ReferenceServerLimits.bodyBytes)
    }

    /// Whether the client waits for a word before it sends the body (RFC 9110, 10.1.1).
    var expectsContinue: Bool {
        head.minorVersion >= 1 && !isComplete && head.fields.tokens(of: "expect").contains("100-continue")
    }

    /// Takes what belongs to the body off the input.
    ///
    /// - Returns: false where the body is longer than the limit.
    /// - Throws: what is wrong with the framing.
    func append(_ input: inout UnsafeRawBufferPointer) throws(BodyError) -> Bool {
        while let slice = try decoder.next(&input) {
            guard body.count + slice.count <= ReferenceServerLimits.bodyBytes else { return false }
            body.append(contentsOf: slice)
        }
        return true
    }
}
