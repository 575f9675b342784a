import EventLoop
import Load
import Record
import RunProfile
import ScriptedServer
import TestTurns
import Testing
import Vocabulary

/// Scenarios that keep a number of connections alive.
@Suite(Turn.sideBySide) struct KeptConnectionTests {
    private func keeping(_ count: Int, _ scenario: Scenario) -> Scenario {
        var scenario = scenario
        scenario.arrival = .keep(count, rate: nil)
        return scenario
    }

    /// The server counts what is there at once, and ends every stream itself.
    @Test(arguments: [1, 3])
    func eachThatEndsIsReplaced(workers: Int) throws {
        let count = Locked((now: 0, most: 0))
        let server = try ScriptedServer { connection in
            try connection.readRequest()
            count.withLock {
                $0.now += 1
                $0.most = max($0.most, $0.now)
            }
            try connection.write(Made.head + "data: 1\n\n")
            connection.pause(5)
            count.withLock { $0.now -= 1 }
            return ScriptedServer.Seen(ending: "served")
        }
        let generator = try Made.generator(keeping(4, Made.holding(40)), Made.endpoint(server.port), workers: workers)
        let record = try generator.run()
        #expect(server.stop().count == 40)
        #expect(record.connections.attempted == 40)
        #expect(record.connections.ended == 40)
        #expect(record.errors.isEmpty)
        #expect(count.withLock { $0.most } <= 4)
    }

    /// By its hold, by its drop, by an error of the server, and by one that comes before there is a socket.
    @Test(arguments: ["hold", "drop", "refused", "no socket"])
    func anyEndFreesThePlace(ending: String) throws {
        let server = try ScriptedServer { connection in
            try connection.readRequest()
            try connection.write(Made.head + "data: 1\n\n")
            return connection.readToEnd()
        }
        var scenario = Made.holding(12, for: 2 * .perMillisecond)
        if ending == "drop" { scenario = Made.dropping(12, at: [.firstEvent], [.fin, .rst]) }
        var endpoint = Made.endpoint(server.port)
        if ending == "refused" { endpoint = try Made.endpoint(Self.closedPort()) }
        // An address that is none of this machine's cannot be connected from.
        if ending == "no socket" { endpoint = Made.endpoint(server.port, sources: ["192.0.2.1"]) }
        let record = try Made.generator(keeping(5, scenario), endpoint, workers: 2).run()
        #expect(record.connections.attempted == 12)
        #expect(record.connections.completed == (ending == "hold" ? 12 : 0))
        #expect(record.connections.dropped == (ending == "drop" ? 12 : 0))
        let errors = ["refused": ["ECONNREFUSED": UInt64(12)], "no socket": ["EADDRNOTAVAIL": 12]]
        #expect(record.errors == errors[ending] ?? [:])
        #expect(record.connections.peak <= 5)
    }

    private static func closedPort() throws -> UInt16 {
        let listener = try Socket.listen(on: #require(SocketAddress("127.0.0.1", port: 0)))
        defer { Socket.close(listener) }
        return try Socket.localAddress(listener).port
    }

    @Test func aStopReplacesNone() throws {
        let server = try ScriptedServer { connection in connection.readToEnd() }
        let generator = try Made.generator(keeping(5, Made.holding(1_000)), Made.endpoint(server.port))
        let load = try Background(generator)
        #expect(eventually { generator.progress.attemptCount == 5 })
        generator.stop()
        #expect(load.record().connections.attempted == 5)
    }
}
