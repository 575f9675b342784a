import EventLoop
import EventStream
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
