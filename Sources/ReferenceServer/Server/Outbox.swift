import EventLoop

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
