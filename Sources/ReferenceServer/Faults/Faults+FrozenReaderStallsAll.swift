import EventLoop
import EventStream
import Glibc
import Transport
import Vocabulary

extension Faults {
    static let frozenReaderStallsAll = FaultExplanation(
        "A write to a client that does not read waits until it does, or leaves; meanwhile nobody is served."
    )

    /// The longest that such a write waits before it looks whether the server is to stop, in ms.
    static let frozenLook: Int32 = 50
}

extension SocketThread {
    /// Waits for a client that does not read, where that is what the fault does.
    ///
    /// - Returns: whether the write is to be tried again.
    func waitForReader(_ connection: Connection) -> Bool {
        guard faults.contains(.frozenReaderStallsAll), connection.phase == .streaming else { return false }
        pause.freeze(true)
        defer { pause.freeze(false) }
        var descriptor = pollfd(fd: connection.stream.descriptor, events: Int16(POLLOUT), revents: 0)
        while !isAskedToStop {
            // Writable, or broken: the next write tells.
            if poll(&descriptor, 1, Faults.frozenLook) > 0 { return true }
        }
        return false
    }
}
