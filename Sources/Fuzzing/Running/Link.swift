import EventLoop
import EventStream
import Transport
import Vocabulary

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
    let reader: ResponseReader
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

    init(_ stream: ByteStream, token: UInt64, timer: Int, reader: ResponseReader, owner: any LinkOwner) {
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
