import EventLoop
import HTTP
import Transport
import Vocabulary

/// Whoever has requests carried by ``RequestConnections``, and is told what becomes of them.
protocol RequestOwner: AnyObject {
    /// The request that is to go over a connection that stands.
    func request(_ slot: Int) -> HTTPRequest
    /// The head of an answer has come, at a moment in ns of the monotonic clock.
    func answered(_ slot: Int, _ status: Int, at moment: Nanoseconds)
    /// An answer is whole, at a moment in ns of the monotonic clock; its connection is closed or idle.
    func completed(_ slot: Int, at moment: Nanoseconds)
    /// A request came to nothing, or its answer did after the head; its connection is closed.
    func failed(_ slot: Int, _ name: String)
}

/// Connections on an event loop that carry ordinary requests, one at a time each: messages, bystanders' questions.
///
/// One that the server leaves open behind its answer is idle until it is used again or closed. It is known by its slot. Its timer, which its owner sees expire, is the slot's number after the owner's own.
final class RequestConnections {
    private final class Connection {
        enum Phase: Comparable {
            case connecting
            case handshaking
            case exchanging
            case idle
        }

        let stream: ByteStream
        var phase = Phase.connecting
        /// The exchange that is under way; nil before and between.
        var exchange: HTTPExchange?
        /// When it became idle, in ns of the monotonic clock.
        var idleSince: Nanoseconds = 0

        init(_ stream: ByteStream) { self.stream = stream }

        func close() {
            exchange?.release()
            stream.close()
        }
    }

    let loop: EventLoop
    private let firstTimer: Int
    private var connections: [Connection?]
    /// How often each slot was used, so that late readiness is not taken for another connection's.
    private var generations: [UInt32]
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 16 << 10, alignment: 16)
    private var realtime = RealtimeOffset()

    /// Connections of which none is open.
    ///
    /// - Parameters:
    ///   - capacity: how many there may be at a time.
    ///   - firstTimer: the timer of the first slot; those below it are the owner's.
    /// - Throws: `EMFILE` and the like where the kernel gives no event loop.
    init(capacity: Int, firstTimer: Int) throws(SystemError) {
        loop = try EventLoop()
        self.firstTimer = firstTimer
        connections = Array(repeating: nil, count: capacity)
        generations = Array(repeating: 0, count: capacity)
    }

    deinit { buffer.deallocate() }

    /// Waits for what happens next, at most until a moment in ns of the monotonic clock.
    ///
    /// - Throws: what epoll_wait(2) names.
    func wait(until end: Nanoseconds) throws(SystemError) {
        try loop.wait(until: end)
        realtime.look()
    }

    /// A slot without a connection.
    var freeSlot: Int? { connections.firstIndex { $0 == nil } }

    /// A slot whose connection is idle, no longer than some ns; those that were idle for longer are closed.
    func idleSlot(within time: Nanoseconds) -> Int? {
        let now = MonotonicClock.now()
        for slot in connections.indices {
            guard let connection = connections[slot], connection.phase == .idle else { continue }
            if now - connection.idleSince <= time { return slot }
            close(slot)
        }
        return nil
    }

    /// Opens a connection, whose owner is asked for the request once it stands.
    ///
    /// - Parameter deadline: when its timer expires, in ns of the monotonic clock.
    /// - Throws: what the system calls name at once.
    func open(
        _ slot: Int,
        to target: SocketAddress,
        tls: TLSClientContext?,
        until deadline: Nanoseconds
    ) throws(SystemError) {
        let stream = try ByteStream.connect(to: target, tls: tls)
        connections[slot] = Connection(stream)
        loop.timers.set(firstTimer + slot, at: deadline)
        let token = UInt64(slot) | UInt64(generations[slot]) << 32
        do throws(SystemError) {
            try loop.add(stream.descriptor, for: [.readable, .writable, .peerClosed, .edgeTriggered], token: token)
        } catch {
            close(slot)
            throw error
        }
    }

    /// Gives an idle connection its next request.
    ///
    /// - Parameter deadline: when its timer expires, in ns of the monotonic clock.
    func carry(on slot: Int, until deadline: Nanoseconds, for owner: some RequestOwner) {
        guard let connection = connections[slot] else { return }
        loop.timers.set(firstTimer + slot, at: deadline)
        start(slot, connection, owner)
    }

    /// Closes a connection without a word to its owner.
    func close(_ slot: Int) {
        connections[slot]?.close()
        connections[slot] = nil
        generations[slot] &+= 1
        loop.timers.cancel(firstTimer + slot)
    }

    /// Closes all connections without a word to their owner.
    func closeAll() {
        for slot in connections.indices where connections[slot] != nil { close(slot) }
    }

    /// Ends a connection in an error, and with it the request that it carries.
    func fail(_ slot: Int, _ name: String, for owner: some RequestOwner) {
        guard let connection = connections[slot] else { return }
        close(slot)
        if connection.phase != .idle { owner.failed(slot, name) }
    }

    /// Goes on with a connection that epoll reports.
    func ready(_ token: UInt64, _ readiness: Readiness, for owner: some RequestOwner) {
        let slot = Int(truncatingIfNeeded: token & 0xFFFF_FFFF)
        guard generations[slot] == UInt32(truncatingIfNeeded: token >> 32), let connection = connections[slot]
        else { return }
        switch connection.phase {
        case .connecting:
            if let failure = connection.stream.connectError() { return fail(slot, failure.name, for: owner) }
            connection.phase = .handshaking
            shakeHands(slot, connection, owner)
        case .handshaking: shakeHands(slot, connection, owner)
        case .exchanging: send(slot, connection, owner)
        case .idle: break
        }
        guard connections[slot] === connection, connection.phase > .handshaking,
            !readiness.isDisjoint(with: [.readable, .peerClosed, .hungUp, .failed]) || connection.stream.hasBuffered
        else { return }
        read(slot, connection, owner)
    }

    private func shakeHands(_ slot: Int, _ connection: Connection, _ owner: some RequestOwner) {
        switch connection.stream.handshake() {
        case .wouldBlock, .stopped: break
        case .failed(let failure): fail(slot, failure.name, for: owner)
        case .established: start(slot, connection, owner)
        }
    }

    private func start(_ slot: Int, _ connection: Connection, _ owner: some RequestOwner) {
        connection.exchange = HTTPExchange(owner.request(slot), limits: .ordinary)
        connection.phase = .exchanging
        send(slot, connection, owner)
    }

    private func send(_ slot: Int, _ connection: Connection, _ owner: some RequestOwner) {
        while let output = connection.exchange?.pendingOutput, !output.isEmpty {
            switch output.withUnsafeBytes(connection.stream.write) {
            case .bytes(let count): connection.exchange?.sent(count)
            case .wouldBlock: return
            case .end: return fail(slot, HTTPExchangeError.endedBeforeHead.name, for: owner)
            case .failed(let failure): return fail(slot, failure.name, for: owner)
            }
        }
    }

    private func read(_ slot: Int, _ connection: Connection, _ owner: some RequestOwner) {
        while connections[slot] === connection {
            var received: UInt64 = 0
            switch connection.stream.read(into: buffer, received: &received) {
            case .wouldBlock: return
            case .failed(let failure): return fail(slot, failure.name, for: owner)
            case .end: return ended(slot, connection, owner)
            case .bytes(let count):
                let moment = received > 0 ? received &- realtime.ahead : MonotonicClock.now()
                take(UnsafeRawBufferPointer(rebasing: buffer[..<count]), slot, connection, at: moment, owner)
            }
        }
    }

    /// Takes bytes of the answer.
    private func take(
        _ bytes: UnsafeRawBufferPointer,
        _ slot: Int,
        _ connection: Connection,
        at moment: Nanoseconds,
        _ owner: some RequestOwner
    ) {
        // Nothing was asked for: the connection is spoilt.
        guard connection.phase == .exchanging else { return close(slot) }
        var input = bytes
        do throws(HTTPExchangeError) {
            while let event = try connection.exchange?.next(&input) {
                switch event {
                case .head(let head):
                    // A head that contradicts itself is no answer.
                    if connection.exchange?.failure == nil { owner.answered(slot, head.status, at: moment) }
                case .body: break
                case .end: return complete(slot, connection, at: moment, owner)
                }
            }
        } catch {
            fail(slot, error.name, for: owner)
        }
    }

    /// The server has ended the connection, which ends some bodies.
    private func ended(_ slot: Int, _ connection: Connection, _ owner: some RequestOwner) {
        guard connection.phase == .exchanging else { return close(slot) }
        do throws(HTTPExchangeError) {
            try connection.exchange?.finish()
            complete(slot, connection, at: MonotonicClock.now(), owner)
        } catch {
            fail(slot, error.name, for: owner)
        }
    }

    private func complete(
        _ slot: Int,
        _ connection: Connection,
        at moment: Nanoseconds,
        _ owner: some RequestOwner
    ) {
        if connection.exchange?.isReusable == true {
            connection.exchange?.release()
            connection.exchange = nil
            connection.phase = .idle
            connection.idleSince = MonotonicClock.now()
            loop.timers.cancel(firstTimer + slot)
        } else {
            close(slot)
        }
        owner.completed(slot, at: moment)
    }
}
