import EventLoop
import Transport
import Vocabulary

extension Faults {
    static let closeNeverFires = FaultDefinition(
        .closeNeverFires,
        "Nobody is told that a connection is gone: its client stays until the inactivity timer.",
        // A producer that hears of no close cannot end with its client.
        leak: FaultLeak(
            "clients",
            .bounded,
            through: .streaming,
            resembling: [.generatorRunsOn, .slowAccept, .serverPause]
        )
    )

    /// Whether a response learns that its connection is gone.
    var noticesCloses: Bool { !contains(.closeNeverFires) }
}

extension Faults {
    static let secondWriteNotices = FaultDefinition(
        .secondWriteNotices,
        "A client that has gone is noticed only as something is written to it: the first write succeeds, the second fails. "
            + "There is no inactivity timer.",
        leak: FaultLeak("clients", .untilBroadcast, through: .streaming)
    )

    /// Whether only a write tells that a connection is gone, and not the first one.
    var noticesAtSecondWrite: Bool { contains(.secondWriteNotices) }
}

extension Faults {
    static let writeErrorSwallowed = FaultDefinition(
        .writeErrorSwallowed,
        "The client that the racy registry leaks is not even removed when a broadcast cannot be written to it.",
        leak: FaultLeak("clients", .permanent, through: .responseStarted)
    )

    /// Whether a client that cannot be written to is removed.
    var removesUnwritable: Bool { !contains(.writeErrorSwallowed) }
}

extension Faults {
    static let fdLeak = FaultDefinition(
        .fdLeak,
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

extension Faults {
    /// The faults of closes, and of writes that fail.
    static let ofCloses = [closeNeverFires, secondWriteNotices, writeErrorSwallowed, fdLeak]
}
