import Transport
import EventLoop
import Vocabulary

extension Faults {
    static let fdLeak = FaultExplanation(
        "A client that closed its write side is waited for a moment, then forgotten with its socket open.",
        leak: FaultLeak("fds", .permanent, by: .halfClose)
    )

    /// How long a client that has closed its write side is waited for, before and after a last word, in ns.
    static let halfCloseTime: Nanoseconds = 100 * .perMillisecond

    /// Whether a client that has closed its write side is gone, as in Node.
    var closesHalfClosed: Bool { !contains(.fdLeak) }
}

extension SocketThread {
    /// Lets the client go but not the socket.
    func outlive(_ connection: Connection) {
        guard let response = connection.response else { return close(connection) }
        connection.heldBack = connection.phase == .handling ? ServerHead.goOn : response.piece(of: .heartbeat)
        response.connectionClosed()
        connection.response = nil
        connection.phase = .halfClosed
        startTimer(of: connection, after: Faults.halfCloseTime)
    }

    /// Sends a client a last word, which one that has closed both sides answers with a reset; then forgets it.
    func forget(_ connection: Connection) {
        if !connection.heldBack.isEmpty {
            startTimer(of: connection, after: Faults.halfCloseTime)
            send(connection.heldBack, to: connection)
            connection.heldBack = []
            return
        }
        loop.remove(connection.stream.descriptor)
        forgotten.append(connection.stream)
        release(connection)
    }
}
