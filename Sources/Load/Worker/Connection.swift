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

    // What every read touches comes first and close together: with thousands of streams each line of cache is a miss.
    var stream: ByteStream
    var phase = Phase.free
    /// The last stage passed.
    var stage = Stage.connecting
    /// Whether what has arrived is still to be read, at the end of this turn or the next.
    var isUnfinished = false
    /// Whether the stream counts among the open ones.
    var isOpen = false
    var reading = ReadingKind.full
    /// The number of connections that the slot has held before, so that late readiness is not taken for a new one's.
    var generation: UInt32 = 0
    var ending = ConnectionScript.Ending.hold(0)
    /// When the last byte came, or the stream opened.
    var lastByteAt: Nanoseconds = 0
    /// When the last beat came, or the stream opened.
    var lastBeatAt: Nanoseconds = 0
    /// What the beats have done so far.
    var rhythm = StreamRhythm()
    /// How often bytes have come so far.
    var pace = StreamPace()
    var body = BodyDecoder.none
    var parser: EventStreamParser
    var inflater: Inflater?

    /// The moments at which beats came: one more than the intervals between them.
    var beats: UInt32 = 0
    /// Bytes of the request that have been sent.
    var sent: UInt32 = 0
    /// When the connection was to start, in ns of the monotonic clock.
    var scheduled: Nanoseconds = 0
    var connectedAt: Nanoseconds = 0
    /// When it reached the stage at which it stops dead, in ns of the monotonic clock: for what it sent last, the start
    /// of that system call where drops are timed.
    var stoppedAt: Nanoseconds = 0
    var head: HTTPResponseHeadParser
    var scenario: UInt16 = 0
    /// Which of the scenario's requests is sent.
    var request: UInt32 = 0
    /// When a slow reader's time is over, in ns of the monotonic clock.
    var heldUntil: Nanoseconds = 0
    var tally = StreamTally()
    var reconnection = Reconnection()

    var stop: Stage? {
        if case .drop(let stage, _, _) = ending { stage } else { nil }
    }

    /// Whether heartbeats are watched: only on streams that are not dropped on purpose, and are read as bytes come.
    var isHeld: Bool { reading == .full && isTimed }

    /// Whether it is to last for a time.
    var isTimed: Bool {
        if case .hold = ending { true } else { false }
    }

    /// Whether nothing but the connection's end ends the stream: a TLS session has an end of its own.
    var endsWithConnection: Bool {
        if case .untilClose = body { !stream.isTLS } else { false }
    }

    /// Makes the slot ready for the next stream of its client, whose last one is closed.
    mutating func beginAnew() {
        head.release()
        parser.restart()
        inflater?.release()
        inflater = nil
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
        head.release()
        parser.release()
        inflater?.release()
        inflater = nil
    }
}

/// Slots for a worker's connections, side by side in memory; a freed slot is used again.
struct ConnectionSlab {
    /// A connection may move when the slab grows: pointers last until the next ``take()``.
    private(set) var base: UnsafeMutablePointer<Connection>
    private var capacity: Int
    private var used = 0
    private var free: [Int32] = []
    private(set) var liveCount = 0

    init() {
        capacity = 256
        base = .allocate(capacity: capacity)
    }

    /// Takes a slot, whose memory the caller initializes.
    ///
    /// - Returns: the slot, and the generation that its new connection must have.
    mutating func take() -> (slot: Int, generation: UInt32) {
        liveCount += 1
        if let slot = free.popLast() { return (Int(slot), base[Int(slot)].generation) }
        if used == capacity { grow() }
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

    func release() {
        base.deallocate()
    }

    private mutating func grow() {
        let larger = UnsafeMutablePointer<Connection>.allocate(capacity: capacity * 2)
        larger.moveInitialize(from: base, count: capacity)
        base.deallocate()
        base = larger
        capacity *= 2
    }
}
