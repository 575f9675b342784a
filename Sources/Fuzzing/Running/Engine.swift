import EventLoop
import Glibc
import Transport
import Vocabulary

/// Opens connections and turns their readiness into calls; one thread drives it.
final class Engine {
    /// Source addresses towards a loopback target, so that ports do not run out.
    private static let sources: [SocketAddress] = (1...100).compactMap { SocketAddress("127.0.1.\($0)", port: 0) }

    private let loop: EventLoop
    private var links: [Link?] = []
    private var freeSlots: [Int] = []
    private var generation: UInt64 = 0
    private var timers: [(() -> Void)?] = []
    private var freeTimers: [Int] = []
    private var nextSource = 0
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
    /// Links that have something to say, to be told outside of their own calls.
    private var changed: [Link] = []
    /// Connection attempts refused one after the other.
    private(set) var refusals = 0

    /// An engine without connections.
    ///
    /// - Throws: `EMFILE` and the like where the kernel gives no descriptor.
    init() throws(SystemError) { loop = try EventLoop() }

    deinit {
        for link in links { link?.stream.close() }
        buffer.deallocate()
    }

    /// Forgets earlier refusals.
    func forgetRefusals() { refusals = 0 }

    /// Opens a connection.
    ///
    /// - Parameters:
    ///   - channel: how; `.raw` goes to the destination without its TLS.
    ///   - stop: the stage of the TLS handshake at which it stops dead.
    ///   - isNarrow: whether it is to buffer little.
    /// - Throws: what the system calls name at once.
    func connect(
        to destination: Destination,
        _ channel: Channel,
        stop: Stage? = nil,
        isNarrow: Bool = false,
        owner: any LinkOwner
    ) throws(SystemError) -> Link {
        let stream = try ByteStream.connect(
            to: destination.address,
            from: source(destination.address),
            tls: channel == .raw ? nil : destination.tls,
            stop: stop,
            isNarrow: isNarrow
        )
        let slot = freeSlots.popLast() ?? links.count
        if slot == links.count { links.append(nil) }
        generation += 1
        let token = generation << 24 | UInt64(slot)
        let reader = ConnectionReader(isRaw: channel == .raw)
        let link = Link(stream, token: token, timer: makeTimer(), reader: reader, owner: owner)
        links[slot] = link
        do {
            try loop.add(
                stream.descriptor,
                for: [.readable, .writable, .peerClosed, .edgeTriggered],
                token: token
            )
        } catch {
            finish(link, error.name)
            throw error
        }
        setTimer(link.timer, after: FuzzLimits.connectTime) { [weak self, weak link] in
            guard let self, let link, !link.isReady else { return }
            self.finish(link, EndName.connectTimeout)
            self.note(link)
        }
        return link
    }

    private func source(_ target: SocketAddress) -> SocketAddress? {
        guard target.family == AF_INET, target.isLoopback else { return nil }
        nextSource = (nextSource + 1) % Self.sources.count
        return Self.sources[nextSource]
    }

    /// A timer's number, to be given back by ``giveBack(timer:)``.
    func makeTimer() -> Int {
        if let timer = freeTimers.popLast() { return timer }
        timers.append(nil)
        return timers.count - 1
    }

    func giveBack(timer: Int) {
        cancelTimer(timer)
        freeTimers.append(timer)
    }

    func setTimer(_ timer: Int, after duration: Nanoseconds, _ body: @escaping () -> Void) {
        timers[timer] = body
        loop.timers.set(timer, at: MonotonicClock.now() + duration)
    }

    func cancelTimer(_ timer: Int) {
        timers[timer] = nil
        loop.timers.cancel(timer)
    }

    /// Waits for the next thing to happen, at most until a moment, and lets it happen.
    ///
    /// - Throws: what epoll_wait(2) names.
    func turn(until latest: Nanoseconds) throws(SystemError) {
        try loop.turn(until: changed.isEmpty ? latest : 0) { occurrence in
            switch occurrence {
            case .ready(let token, let readiness): ready(token, readiness)
            case .expired(let timer, _):
                let body = timers[timer]
                timers[timer] = nil
                body?()
            case .woken: break
            }
        }
        let telling = changed
        changed = []
        for link in telling {
            // One piece a turn, so that the server has the chance to read it alone.
            if link.pieces != nil, !link.hasSentAll { flush(link) }
            link.owner?.changed(link)
        }
    }

    private func ready(_ token: UInt64, _ readiness: Readiness) {
        let slot = Int(token & 0xFF_FFFF)
        guard let link = links[slot], link.token == token else { return }
        if link.phase == .connecting {
            guard !readiness.isDisjoint(with: [.writable, .hungUp, .failed]) else { return }
            if let failure = link.stream.connectError() {
                if failure.name == "ECONNREFUSED" { refusals += 1 }
                finish(link, failure.name)
                return note(link)
            }
            refusals = 0
            link.phase = .handshaking
        }
        if link.phase == .handshaking { shakeHands(link) }
        if link.phase == .open || link.phase == .stopped {
            flush(link)
            read(link)
        }
        note(link)
    }

    private func shakeHands(_ link: Link) {
        switch link.stream.handshake() {
        case .wouldBlock: return
        case .stopped: link.phase = .stopped
        case .established: link.phase = .open
        case .failed(let failure): finish(link, failure.name)
        }
    }

    /// Tells the owner in this turn or the next.
    func note(_ link: Link) { changed.append(link) }

    /// Sends what a link has to send, as far as it goes.
    func flush(_ link: Link) {
        guard link.phase == .open else { return }
        while !link.hasSentAll {
            let count = min(link.pieces ?? .max, link.output.count - link.sent)
            let result = link.output.withUnsafeBytes {
                link.stream.write(UnsafeRawBufferPointer(rebasing: $0[link.sent..<link.sent + count]))
            }
            switch result {
            case .bytes(let count):
                link.sent += count
                link.lastSent = RealtimeClock.now()
                if link.pieces != nil { return note(link) }
            case .wouldBlock: return
            case .end: return finish(link, EndName.end)
            case .failed(let failure):
                // The server's answer may have come before its reset.
                read(link)
                return finish(link, failure.name)
            }
        }
    }

    /// Reads all that has come.
    func read(_ link: Link) {
        guard !link.isStalled else { return }
        while link.phase == .open || link.phase == .stopped {
            if link.phase == .stopped { return }
            var received: UInt64 = 0
            switch link.stream.read(into: buffer, received: &received) {
            case .bytes(let count):
                link.lastReceived = received == 0 ? RealtimeClock.now() : received
                link.reader.read(UnsafeRawBufferPointer(rebasing: buffer[..<count]), afterStall: link.hasStalled)
            case .wouldBlock: return
            case .end: return finish(link, EndName.end)
            case .failed(let failure): return finish(link, failure.name)
            }
        }
    }

    /// Sends bytes beneath any TLS; what the socket does not take is lost.
    func inject(_ bytes: [UInt8], into link: Link) {
        guard link.phase != .closed else { return }
        link.isCut = true
        _ = bytes.withUnsafeBytes { Socket.send(link.stream.descriptor, $0) }
    }

    /// Ends a connection in a manner; half-close and stall leave it open.
    func drop(_ link: Link, _ manner: Manner) {
        guard link.phase != .closed else { return }
        link.isCut = true
        if manner == .stall { return link.isStalled = true }
        do {
            if try link.stream.drop(manner) { release(link) }
        } catch {
            // Without the capability to vanish, the nearest thing.
            link.stream.close()
            release(link)
        }
    }

    /// Reads on after a stall.
    func resume(_ link: Link) {
        guard link.isStalled else { return }
        link.isStalled = false
        link.hasStalled = true
        if link.phase == .open { Socket.widen(link.stream.descriptor) }
        read(link)
        note(link)
    }

    /// The other side has ended a connection.
    private func finish(_ link: Link, _ name: String) {
        guard link.phase != .closed else { return }
        link.reader.finish(name, isCut: link.isCut)
        link.stream.close()
        release(link)
    }

    private func release(_ link: Link) {
        link.phase = .closed
        links[Int(link.token & 0xFF_FFFF)] = nil
        freeSlots.append(Int(link.token & 0xFF_FFFF))
        giveBack(timer: link.timer)
    }
}

/// Whoever a connection belongs to.
protocol LinkOwner: AnyObject {
    /// The connection was established, has sent all it had, has read something, or has ended.
    func changed(_ link: Link)
}

/// One connection to the server; belongs to the engine's thread.
final class Link {
    /// What a connection is doing.
    enum Phase {
        case connecting
        case handshaking
        /// Stopped dead within the handshake.
        case stopped
        case open
        case closed
    }

    let stream: ByteStream
    /// What the engine knows it by.
    let token: UInt64
    /// The number of its timer.
    let timer: Int
    let reader: ConnectionReader
    weak var owner: (any LinkOwner)?
    var phase = Phase.connecting
    /// Bytes to send.
    var output: [UInt8] = []
    /// How many of them were sent.
    var sent = 0
    /// The most that one write sends; nil for all.
    var pieces: Int?
    /// What of the received a step has waited for already.
    private var taken = (answers: 0, heads: 0, events: 0)
    /// Whether nothing is read.
    var isStalled = false
    /// Whether it had stalled.
    var hasStalled = false
    /// Whether the client has cut the exchange short: half-closed, injected bytes, or stopped.
    var isCut = false
    /// When the last bytes were sent and received, in ns of the realtime clock; 0 before.
    var lastSent: Nanoseconds = 0
    var lastReceived: Nanoseconds = 0

    init(_ stream: ByteStream, token: UInt64, timer: Int, reader: ConnectionReader, owner: any LinkOwner) {
        (self.stream, self.token, self.timer, self.reader, self.owner) = (stream, token, timer, reader, owner)
    }

    /// Whether everything is with the kernel.
    var hasSentAll: Bool { sent == output.count }

    /// Whether the connection has ended, by either side.
    var isOver: Bool { phase == .closed }

    /// Whether bytes can be sent.
    var isReady: Bool { phase == .open || phase == .stopped || phase == .closed }

    /// Whether something has come that no step has waited for yet.
    func has(_ awaited: Awaited) -> Bool {
        let seen = reader.seen
        return switch awaited {
        case .sent: hasSentAll
        case .head: seen.statuses.count > taken.heads
        case .answer: seen.answers > taken.answers || seen.events > taken.events
        // A stream that was refused has an answer and will have no event.
        case .event: seen.events > taken.events || seen.answers > taken.answers
        case .end: false
        }
    }

    /// Counts what has come as waited for.
    func take() {
        let seen = reader.seen
        taken = (seen.answers, seen.statuses.count, seen.events)
    }
}

/// Names for what ends an exchange, beside those of errors.
enum EndName {
    /// The server ended in good order.
    static let end = "end"
    /// The server ended within a response's head.
    static let truncatedHead = "TRUNCATED_HEAD"
    /// No answer came in time.
    static let answerTimeout = "ANSWER_TIMEOUT"
    /// The connection was not established in time.
    static let connectTimeout = "CONNECT_TIMEOUT"
}
