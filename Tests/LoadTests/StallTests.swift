import Load
import Record
import RunProfile
import ScriptedServer
import TestTurns
import Testing
import Vocabulary

/// What becomes of connections that stall.
@Suite(Turn.sideBySide) struct StallTests {
    private func run(
        _ server: ScriptedServer,
        _ stages: [Stage],
        count: Int = 4,
        wait: Nanoseconds,
        look: Nanoseconds? = nil
    ) throws -> LoadRecord {
        let scenario = Made.dropping(count, at: stages, [.stall], wait: wait)
        let endpoint = Made.endpoint(server.port)
        var settings = LoadSettings(heartbeat: nil, limits: LimitOptions())
        settings.stallLook = look
        let plan = ScenarioPlan(scenario, tls: false, seed: 7)
        return try LoadGenerator(
            scenarios: [LoadScenario(plan: plan, endpoint: endpoint)],
            workerCount: 1,
            settings: settings
        ).run()
    }

    @Test(arguments: [Stage.connected, .requestPartial, .streaming])
    func theServersEndIsTimed(stage: Stage) throws {
        let server = try ScriptedServer { connection in
            if stage == .streaming {
                try connection.readRequest()
                try connection.write(Made.head + "data: 1\n\n")
            }
            connection.pause(150)
            return nil
        }
        let record = try run(server, [stage], wait: 10 * .perSecond)
        let stall = try #require(record.stalls?.first)
        #expect(record.stalls?.count == 1)
        #expect(stall.stage == stage)
        #expect((stall.ended, stall.kept) == (4, 0))
        #expect(try #require(stall.endedFirst) > 50 * .perMillisecond)
        #expect(try #require(stall.endedLast) < 5 * .perSecond)
        #expect(record.connections.dropped == 4)
        #expect(record.errors == [:])
    }

    @Test func oneThatIsKeptIsNotCalledEnded() throws {
        let server = try ScriptedServer { connection in connection.readToEnd() }
        let record = try run(server, [.connected, .requestPartial], wait: 1 * .perSecond)
        let stalls = try #require(record.stalls)
        #expect(stalls.map(\.stage) == [.connected, .requestPartial])
        for stall in stalls {
            #expect((stall.ended, stall.kept) == (0, 2))
            #expect(stall.endedFirst == nil)
            #expect(try #require(stall.keptLongest) >= 100 * .perMillisecond)
        }
        let hold = try #require(record.stallHold)
        #expect(hold.connections == 4)
        #expect(try #require(hold.end) >= hold.start)
    }

    /// A few are kept for the look; the others no longer than their scenario says.
    @Test func theLookIsLongerForAFew() throws {
        let server = try ScriptedServer { connection in connection.readToEnd() }
        let record = try run(
            server,
            [.connected],
            count: 10,
            wait: 20 * .perMillisecond,
            look: 400 * .perMillisecond
        )
        let stall = try #require(record.stalls?.first)
        #expect(stall.kept == 10)
        #expect(try #require(stall.keptLongest) >= 400 * .perMillisecond)
        // Those that are kept longer are all that is left.
        #expect(record.stallHold?.connections == 4)
    }

    @Test func aRefusedAttemptIsNoEnd() throws {
        let server = try ScriptedServer { _ in nil }
        let port = server.port
        server.stop()
        let scenario = Made.dropping(2, at: [.connecting], [.stall], wait: 50 * .perMillisecond)
        let record = try Made.generator(scenario, Made.endpoint(port)).run()
        #expect((record.stalls ?? []).allSatisfy { $0.ended == 0 })
    }
}
