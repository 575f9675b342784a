import Record
import ReferenceServer
import RunProfile
import TestTurns
import Testing
import Verdict
import Vocabulary

@testable import HydrotestKit

/// Whole drop matrices against the reference server in this process.
@Suite(Turn.sideBySide) struct MatrixRunTests {
    private func profile(_ server: Server, _ scenarios: [Scenario], path: String = "/events") throws -> Profile {
        var profile = try server.profile(scenarios, path: path)
        profile.leak.settle = 200 * .perMillisecond
        profile.matrix.cycles = 3
        profile.matrix.drops = 10
        profile.matrix.idle = 2
        return profile
    }

    private func dropping(_ stages: [Stage], _ manners: [Manner] = [.fin, .rst]) -> Scenario {
        var scenario = Made.dropping(10, at: stages, manners)
        scenario.arrival = .rate(200)
        // Into the pause, past the registration of the close handler.
        scenario.drop?.delay = (10 * .perMillisecond)...(20 * .perMillisecond)
        return scenario
    }

    private func run(_ profile: Profile) throws -> RunOutcome {
        try ProfileRun(profile: profile, options: RunOptions(), interrupts: Server.interrupts).run(.matrix)
    }

    @Test func theLeakingStageIsNamed() throws {
        let server = try Server {
            $0.registry = .racy
            $0.raceWindow = 50 * .perMillisecond
        }
        var profile = try profile(
            server,
            [dropping([.connected, .requestSent, .streaming])],
            path: "/events?topics=news"
        )
        profile.leak.publish = PublishOptions(address: .url(server.address("/broadcast?topic=news")))
        profile.thresholds = [
            Threshold(expression: "leaks == 0", metric: .leaks, comparison: .equal, bound: 0)
        ]
        let outcome = try run(profile)
        let gauges = MatrixJudge(record: outcome.record).gauges
        let clients = try #require(gauges.first { $0.gauge == "clients" })
        #expect(clients.cells.count == 6)
        #expect(clients.cells.filter(\.leaks).map(\.stage) == [.requestSent, .requestSent])
        #expect(clients.cells.filter(\.leaks).map(\.manner) == [.fin, .rst])
        #expect(clients.cells.filter(\.leaks).map(\.per1000Drops).allSatisfy { (900...1_000).contains($0) })
        #expect(clients.cells.filter(\.leaks).map(\.class) == [.untilBroadcast, .untilBroadcast])
        #expect(try #require(gauges.first { $0.gauge == "timers" }).leaks == false)
        #expect(outcome.record.matrix?.cycles.count == 20)
        #expect(outcome.judgement.leaks.contains { $0.gauge == "clients" && $0.stage == .requestSent })
        #expect(outcome.exitCode == ExitCode.fail)
        #expect(outcome.record.load.connections.dropped == 6 * 3 * 10 + 2 * 10)
    }

    /// A profile without drops is tried at every stage.
    @Test func aCleanServerPasses() throws {
        let server = try Server()
        var profile = try profile(server, [Made.holding(5, for: 1 * .perSecond)])
        profile.matrix.manners = [.fin]
        profile.matrix.cycles = 2
        let outcome = try run(profile)
        #expect(outcome.judgement.leaks == [])
        #expect(outcome.passed)
        #expect(outcome.exitCode == ExitCode.pass)
        #expect(outcome.record.load.drops.map(\.stage) == Stage.passed(tls: false))
        #expect(outcome.record.load.drops.allSatisfy { $0.count == 20 })
    }

    @Test func whatCannotBeDroppedIsRefused() throws {
        let server = try Server()
        var profile = try profile(server, [dropping([.requestSent])])
        profile.matrix.stages = [.tlsHelloSent]
        let error = #expect(throws: RunError.self) { try run(profile) }
        #expect(error?.exitCode == ExitCode.badProfile)
        #expect(error?.description.contains("at tls-hello-sent") == true)
    }

    @Test func withoutAGaugeNothingIsTold() throws {
        let server = try Server()
        var profile = try profile(server, [dropping([.requestSent])])
        profile.probes = []
        let error = #expect(throws: RunError.self) { try run(profile) }
        #expect(error?.description.contains("no probe of the profile reads a gauge") == true)
    }
}
