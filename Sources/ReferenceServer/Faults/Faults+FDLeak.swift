import Transport
import EventLoop
import Vocabulary

extension Faults {
    static let fdLeak = FaultExplanation(
        "A client that closed its write side is waited for a moment, then forgotten with its socket open.",
        leak: FaultLeak("fds", .permanent, by: .halfClose)
    )

    /// How long a client that has closed its write side is waited for, in ns.
    static let halfCloseTime: Nanoseconds = 100 * .perMillisecond

    /// Whether a client that has closed its write side is gone, as in Node.
    var closesHalfClosed: Bool { !contains(.fdLeak) }
}

extension SocketThread {
    /// Lets the client go but not the socket; a client that has closed both sides answers with a reset.
    func outlive(_ connection: Connection) {
        guard let response = connection.response else { return close(connection) }
        let bytes = connection.phase == .handling ? ServerHead.goOn : response.piece(of: .heartbeat)
        response.connectionClosed()
        connection.response = nil
        connection.phase = .halfClosed
        startTimer(of: connection, after: Faults.halfCloseTime)
        send(bytes, to: connection)
    }

    /// Forgets a connection whose socket stays open.
    func forget(_ connection: Connection) {
        loop.remove(connection.stream.descriptor)
        forgotten.append(connection.stream)
        release(connection)
    }
}
