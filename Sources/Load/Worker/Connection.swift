import EventLoop
import EventStream
import HTTP
import Transport
import Vocabulary

/// One connection's state, in a slab; owns memory by hand and is never copied.
struct Connection {
    /// What the connection waits for.
    enum Phase: UInt8 {
        /// The slot is free.
        case free
        /// The TCP connection.
        case connecting
        /// The TLS handshake.
        case handshaking
        /// Room for the rest of the request.
        case requesting
        /// The response head.
        case awaitingHead
        /// Bytes of the event stream.
        case streaming
        /// The next read of a slow reader, or its end.
        case resting
        /// The moment of its drop; nothing is read or written.
        case stopped
        /// The server's end, after a half-close.
        case halfClosed
        /// The end of its stall; nothing is read or written.
        case stalled
        /// The rest of an answer that is an error.
        case refused
        /// The moment at which its client comes back; there is no descriptor.
        case waiting
    }

    /// What only some connections need, on the heap: a client that comes back, a stream whose events are followed, a slow
    /// reader.
    struct Extras {
        /// When a slow reader's time is over, in ns of the monotonic clock.
        var heldUntil: Nanoseconds = 0
        var tally = StreamTally()
        var reconnection = Reconnection()
    }

    // What every read touches comes first and close together: with thousands of streams each line of cache is a miss.
    // All of it together is kept small, as it is what a stream costs: what few need lies in ``Extras``.
    var stream: ByteStream
    var phase = Phase.free
    /// The last stage passed.
    var stage = Stage.connecting
    /// Whether what has arrived is still to be read, at the end of this turn or the next.
    var isUnfinished = false
    /// Whether the stream counts among the open ones.
    var isOpen = false
    var reading = ReadingKind.full
    /// The stage at which the connection stops dead; nil for one that is held.
    private(set) var stop: Stage?
    /// The manner in which it is dropped there.
    private(set) var manner = Manner.fin
    /// The number of connections that the slot has held before, so that late readiness is not taken for a new one's.
    var generation: UInt32 = 0
    var scenario: UInt16 = 0
    /// The moments at which beats came: one more than the intervals between them.
    var beats: UInt32 = 0
    /// When the last byte came, or the stream opened.
    var lastByteAt: Nanoseconds = 0
    /// When the last beat came, or the stream opened; before that, when the socket was connected.
    var lastBeatAt: Nanoseconds = 0
    /// What the beats have done so far.
    var rhythm = StreamRhythm()
    /// How often bytes have come so far.
    var pace = StreamPace()
    var body = BodyDecoder.none
    var parser: EventStreamParser
    /// What unpacks the body; nil where it comes as it is.
    var inflater: UnsafeMutablePointer<Inflater>?
    /// What has come of a head that is not whole yet; nil for nothing.
    var head: UnsafeMutablePointer<HTTPResponseHeadParser>?
    private var extras: UnsafeMutablePointer<Extras>?
    /// When the connection was to start, in ns of the monotonic clock.
    var scheduled: Nanoseconds = 0
    /// How long it is held from its response head, or the time from its stage to its drop, in ns.
    private var span: Nanoseconds = 0
    /// When its hold ends, or when it reached the stage at which it stops dead.
    private var mark: Nanoseconds = .max
    /// Bytes of the request that have been sent.
    var sent: UInt32 = 0
    /// Which of the scenario's requests is sent.
    var request: UInt32 = 0
    /// The connection's position in its scenario.
    var index: UInt32 = 0

    init(stream: ByteStream, parser: EventStreamParser, ending: ConnectionScript.Ending, hasExtras: Bool) {
        self.stream = stream
        self.parser = parser
        switch ending {
        case .hold(let time): span = time
        case .drop(let stage, let manner, let delay): (stop, self.manner, span) = (stage, manner, delay)
        }
        guard hasExtras else { return }
        let own = UnsafeMutablePointer<Extras>.allocate(capacity: 1)
        own.initialize(to: Extras())
        extras = own
    }

    /// How it ends if nothing goes wrong.
    var ending: ConnectionScript.Ending {
        stop.map { .drop($0, manner, after: span) } ?? .hold(span)
    }

    /// When its socket was connected, in ns of the monotonic clock, until its stream opens.
    var connectedAt: Nanoseconds {
        get { lastBeatAt }
        set { lastBeatAt = newValue }
    }

    /// When its hold ends, in ns of the monotonic clock; never before its first response head.
    var holdEnd: Nanoseconds {
        get { mark }
        set { mark = newValue }
    }

    /// When it reached the stage at which it stops dead, in ns of the monotonic clock: for what it sent last, the start
    /// of that system call where drops are timed.
    var stoppedAt: Nanoseconds {
        get { mark }
        set { mark = newValue }
    }

    /// When a slow reader's time is over, in ns of the monotonic clock.
    var heldUntil: Nanoseconds {
        get { extras?.pointee.heldUntil ?? 0 }
        nonmutating set { extras?.pointee.heldUntil = newValue }
    }

    /// What a followed stream has brought; of others nothing, and nothing is kept.
    var tally: StreamTally {
        get { extras?.pointee.tally ?? StreamTally() }
        nonmutating _modify {
            if let extras {
                yield &extras.pointee.tally
            } else {
                var nothing = StreamTally()
                yield &nothing
            }
        }
    }

    /// Whether the end marker of its stream has come.
    var isMarked: Bool { extras?.pointee.tally.isMarked ?? false }

    /// The event of its stream at which it is dropped, from 1; 0 for none.
    var dropAt: UInt32 { extras?.pointee.tally.dropAt ?? 0 }

    /// What a client that comes back keeps from one connection to the next; of others nothing, and nothing is kept.
    var reconnection: Reconnection {
        get { extras?.pointee.reconnection ?? Reconnection() }
        nonmutating set { extras?.pointee.reconnection = newValue }
    }

    /// Whether its client had a stream, and has none now.
    var isAway: Bool { extras?.pointee.reconnection.isAway ?? false }

    /// Whether heartbeats are watched: only on streams that are not dropped on purpose, and are read as bytes come.
    var isHeld: Bool { reading == .full && isTimed }

    /// Whether it is to last for a time.
    var isTimed: Bool { stop == nil }

    /// Whether nothing but the connection's end ends the stream: a TLS session has an end of its own.
    var endsWithConnection: Bool {
        if case .untilClose = body { !stream.isTLS } else { false }
    }

    /// Makes the slot ready for the next stream of its client, whose last one is closed.
    mutating func beginAnew() {
        releaseHead()
        parser.restart()
        releaseInflater()
        body = .none
        sent = 0
        rhythm = rhythm.renewed
        pace = StreamPace()
        tally = StreamTally()
        isUnfinished = false
        // What epoll still reports of the old descriptor is none of the new one's.
        generation &+= 1
        phase = .waiting
    }

    /// Frees everything but the socket.
    mutating func release() {
        releaseHead()
        parser.release()
        releaseInflater()
        extras?.deallocate()
        extras = nil
    }

    /// Unpacks the body from now on.
    mutating func inflate(_ format: CompressionFormat, ratio: Int) {
        releaseInflater()
        let own = UnsafeMutablePointer<Inflater>.allocate(capacity: 1)
        own.initialize(to: Inflater(format, ratio: ratio))
        inflater = own
    }

    private mutating func releaseInflater() {
        guard let own = inflater else { return }
        own.pointee.release()
        own.deallocate()
        inflater = nil
    }

    /// Keeps the parser of a head that is not whole yet.
    mutating func keepHead(_ parser: HTTPResponseHeadParser) {
        let own = UnsafeMutablePointer<HTTPResponseHeadParser>.allocate(capacity: 1)
        own.initialize(to: parser)
        head = own
    }

    /// Takes the parser of a head that was not whole; the caller releases it.
    mutating func takeHead() -> HTTPResponseHeadParser? {
        guard let own = head else { return nil }
        defer {
            own.deallocate()
            head = nil
        }
        return own.move()
    }

    private mutating func releaseHead() {
        guard var parser = takeHead() else { return }
        parser.release()
    }
}

/// Slots for a worker's connections, side by side in memory; a freed slot is used again.
struct ConnectionSlab {
    private var memory = GrowingMemory<Connection>(minimumCapacity: 256)
    private var used = 0
    private var free: [Int32] = []
    private(set) var liveCount = 0

    /// A connection may move when the slab grows: pointers last until the next ``take()``.
    var base: UnsafeMutablePointer<Connection> { memory.base }

    /// Takes a slot, whose memory the caller initializes.
    ///
    /// - Returns: the slot, and the generation that its new connection must have.
    mutating func take() -> (slot: Int, generation: UInt32) {
        liveCount += 1
        if let slot = free.popLast() { return (Int(slot), base[Int(slot)].generation) }
        if used == memory.capacity { memory.grow(toHold: used + 1) }
        used += 1
        return (used - 1, 0)
    }

    /// Gives a slot back; its connection must have been released.
    mutating func give(_ slot: Int) {
        base[slot].phase = .free
        base[slot].generation &+= 1
        free.append(Int32(slot))
        liveCount -= 1
    }

    /// The slots ever taken.
    var slots: Range<Int> { 0..<used }

    func release() { memory.release() }
}
