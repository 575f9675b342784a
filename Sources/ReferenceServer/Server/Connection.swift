import EventLoop
import HTTP
import Transport
import Vocabulary

/// One accepted connection; belongs to the socket thread.
final class Connection {
    /// What a connection is doing.
    enum Phase {
        case handshaking
        /// Reading a request's head.
        case head
        /// Reading a request's body.
        case body
        /// A request is with the handler thread.
        case handling
        /// An event stream is open.
        case streaming
        /// The client has closed its write side, and a fault keeps the socket.
        case halfClosed
        /// What is queued is the last; then the connection lingers.
        case finishing
        /// Our side is shut down; waiting for the client to close.
        case lingering
        case closed
    }

    let token: ConnectionToken
    let stream: ByteStream
    /// Its number, counted from the server's start.
    var number = 0
    var phase: Phase
    var parser = HTTPRequestHeadParser(limitBytes: ReferenceServerLimits.headBytes)
    /// The request whose body is being read.
    var pending: PendingRequest?
    /// The response that is told when the connection closes.
    var response: StreamResponse?
    var output = OutputQueue()
    /// Bytes received that no request expects, or that came after the last response.
    var surplus = 0
    /// Whether a response has been sent and another request may follow.
    var hasServed = false
    /// Whom heartbeats are sent for.
    var client: ClientID?
    var heartbeats: HeartbeatSchedule?
    /// When the stream's life is over, in ns of the monotonic clock; nil where it may live on.
    var lifeEnd: Nanoseconds?
    /// What a fault holds back of the stream.
    var heldBack: [UInt8] = []

    init(token: ConnectionToken, stream: ByteStream) {
        self.token = token
        self.stream = stream
        phase = stream.isTLS ? .handshaking : .head
    }
}

/// Names a connection for as long as it is open: its slot, and which of the slot's connections it is.
struct ConnectionToken: Hashable, Sendable {
    let rawValue: UInt64

    init(rawValue: UInt64) { self.rawValue = rawValue }

    init(slot: Int, generation: UInt32) {
        rawValue = UInt64(generation) << 32 | UInt64(UInt32(slot))
    }

    var slot: Int { Int(rawValue & 0xFFFF_FFFF) }
    var generation: UInt32 { UInt32(rawValue >> 32) }
}

/// The open connections, by slot.
struct ConnectionTable {
    private var slots: [Connection?] = []
    private var free: [Int] = []
    /// Starts at 1: a token of generation 0 is never a connection's.
    private var generation: UInt32 = 1

    /// Connections that are open.
    var count: Int { slots.count - free.count }

    /// The connections that are open.
    var all: [Connection] { slots.compactMap { $0 } }

    /// The connection of a token; nil where it is no longer open.
    subscript(token: ConnectionToken) -> Connection? {
        guard token.slot < slots.count, let connection = slots[token.slot], connection.token == token else {
            return nil
        }
        return connection
    }

    /// The connection in a slot.
    subscript(slot: Int) -> Connection? { slots[slot] }

    /// Makes a connection in a free slot.
    mutating func insert(_ make: (ConnectionToken) -> Connection) -> Connection {
        let slot = free.popLast() ?? slots.count
        if slot == slots.count { slots.append(nil) }
        let connection = make(ConnectionToken(slot: slot, generation: generation))
        generation = generation == .max ? 1 : generation + 1
        slots[slot] = connection
        return connection
    }

    /// Frees the slot of a connection.
    mutating func remove(_ token: ConnectionToken) {
        slots[token.slot] = nil
        free.append(token.slot)
    }
}
