import Record
import ReferenceServer
import RunProfile
import TestTurns
import Testing
import Verdict
import Vocabulary

@testable import HydrotestKit

/// Whole searches for a window against the reference server in this process.
@Suite(Turn.sideBySide) struct RaceRunTests {
    private func profile(_ server: Server, _ stages: [Stage]) throws -> Profile {
        var profile = try server.profile([Made.dropping(10, at: stages)], path: "/events")
        profile.race.rate = 1_000
        profile.race.settle = 20 * .perMillisecond
        profile.race.to = 100 * .perMillisecond
        return profile
    }

    private func run(_ profile: Profile) throws -> RunOutcome {
        try ProfileRun(profile: profile, options: RunOptions(), interrupts: Server.interrupts).run(.race)
    }

    /// A window so wide that the machine's noise is little of it.
    @Test func theWindowOfARaceIsFound() throws {
        let server = try Server {
            $0.registry = .racy
            $0.raceWindow = 20 * .perMillisecond
        }
        var profile = try profile(server, [.connected, .requestSent])
        profile.race.settle = 40 * .perMillisecond
        profile.race.budget = 4_000
        let outcome = try run(profile)
        let race = try #require(outcome.record.race)
        let window = try #require(RaceJudge(record: outcome.record).window)
        #expect(race.stage == .requestSent)
        #expect(race.gauge == "state.clients")
        #expect(race.drops <= 4_000)
        #expect(window.low?.delay == 0)
        let high = try #require(window.high)
        #expect((16 * .perMillisecond...30 * .perMillisecond).contains(high.delay))
        #expect(window.share > 0.8)
        #expect(race.again.contains("--stage request-sent --manner fin --gauge state.clients --from 0us --to "))
        #expect(race.batches.compactMap { batch in batch.delays.map { $0.min >= batch.asked } }.allSatisfy { $0 })
        #expect(outcome.judgement.findings.first?.id == "race-window")
        #expect(outcome.exitCode == ExitCode.fail)
    }

    @Test func aCleanServerHasNoWindow() throws {
        let server = try Server()
        var profile = try profile(server, [.requestSent])
        profile.race.budget = 600
        let outcome = try run(profile)
        #expect(outcome.record.race?.stage == nil)
        #expect(outcome.record.race?.end == .budget)
        #expect(outcome.record.race?.drops == 600)
        #expect(outcome.record.race?.again == "")
        #expect(outcome.passed)
    }

    @Test func aGaugeThatIsNotReadIsRefused() throws {
        let server = try Server()
        var profile = try profile(server, [.requestSent])
        profile.race.gauge = "client"
        let error = #expect(throws: RunError.self) { try run(profile) }
        #expect(error?.exitCode == ExitCode.badProfile)
        #expect(error?.description.contains("did you mean \"clients\"?") == true)
    }
}
