import EventLoop
import HTTP

/// Hands values to the thread of a loop, many at a time.
final class Mailbox<Value: Sendable>: Sendable {
    private let values = Locked<[Value]>([])
    private let loop: EventLoop

    init(of loop: EventLoop) { self.loop = loop }

    /// Hands values over and empties the array; wakes the loop only where nothing was waiting.
    func post(_ new: inout [Value]) {
        guard !new.isEmpty else { return }
        let wasEmpty = values.withLock { values in
            let wasEmpty = values.isEmpty
            values.append(contentsOf: new)
            return wasEmpty
        }
        new.removeAll(keepingCapacity: true)
        if wasEmpty { loop.wake() }
    }

    /// Exchanges all that waits for an emptied array.
    func take(into taken: inout [Value]) {
        precondition(taken.isEmpty)
        values.withLock { swap(&$0, &taken) }
    }

    /// How many values wait.
    var count: Int { values.withLock { $0.count } }
}

/// Collects what the handler thread tells the socket thread, so that one wake carries many writes.
///
/// The handler thread alone sends; it flushes when its turn ends.
final class Outbox: Sendable {
    private let collected = Locked<[SocketCommand]>([])
    private let mailbox: Mailbox<SocketCommand>

    init(to mailbox: Mailbox<SocketCommand>) { self.mailbox = mailbox }

    func send(_ command: SocketCommand) {
        collected.withLock { collected in
            collected.append(command)
            if collected.count >= ReferenceServerLimits.writesPerHandover { mailbox.post(&collected) }
        }
    }

    func flush() {
        collected.withLock { mailbox.post(&$0) }
    }

    /// Whether the socket thread has fallen so far behind that no more requests are taken.
    var isFull: Bool { mailbox.count >= ReferenceServerLimits.queuedWrites }
}

/// What the handler thread has the socket thread do with a connection.
enum SocketCommand: Sendable {
    /// Send a piece of an event stream, of which the first bytes may be the response's head.
    case event(ConnectionToken, [UInt8], headBytes: Int)
    /// Count heartbeats from now on, on behalf of a client.
    case registered(ConnectionToken, ClientID)
    /// Send a whole response; then expect another request, or close.
    case respond(ConnectionToken, [UInt8], keepAlive: Bool)
    /// Send what ends an event stream, then close.
    case end(ConnectionToken, [UInt8])
}

/// A complete request, on its way to the handler thread.
struct ServerRequest: Sendable {
    let token: ConnectionToken
    /// The number of its connection, counted from the server's start.
    var connection = 0
    let head: HTTPRequestHead
    let body: [UInt8]
    let response: StreamResponse
    /// Whether another request may follow on the connection.
    let keepAlive: Bool
}
