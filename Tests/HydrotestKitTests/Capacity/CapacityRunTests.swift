import EventLoop
import Record
import ReferenceServer
import RunProfile
import ScriptedServer
import TestTurns
import Testing
import Verdict
import Vocabulary

@testable import HydrotestKit

/// Whole climbs; whether the machine keeps up is decided by the test.
@Suite(Turn.sideBySide) struct CapacityRunTests {
    private static let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"

    private func climb(_ profile: Profile, from: Int, to: Int, publish: PublishOptions? = nil) -> Profile {
        var capacity = CapacityOptions(from: from, step: .by(from), to: to)
        capacity.level = 700 * .perMillisecond
        capacity.publish = publish
        capacity.publishEvery = 100 * .perMillisecond
        var profile = profile
        profile.capacity = capacity
        profile.scenarios = [capacity.climbing(Scenario(name: "listeners", connections: 1), rate: 500)]
        return profile
    }

    private func run(_ profile: Profile, saturation: [String] = []) throws -> RunOutcome {
        var options = RunOptions()
        options.workers = 2
        let run = ProfileRun(profile: profile, options: options, interrupts: Server.interrupts)
        run.saturation = { _ in saturation }
        return try run.run()
    }

    /// A server that turns away every connection from a number on.
    private func limited(to limit: Int) throws -> ScriptedServer {
        let count = Locked(0)
        return try ScriptedServer { connection in
            let number = count.withLock { count in
                count += 1
                return count
            }
            try connection.readRequest()
            guard number <= limit else {
                try connection.write("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n")
                return nil
            }
            try connection.write(Self.head)
            return connection.readToEnd()
        }
    }

    @Test func theCeilingIsFound() throws {
        let server = try limited(to: 25)
        var profile = climb(try Made.profile(server.url(), []), from: 10, to: 60)
        profile.thresholds = [
            Threshold(expression: "errors.count == 0", metric: .errorCount, comparison: .equal, bound: 0)
        ]
        let outcome = try run(profile)
        let capacity = try #require(outcome.record.capacity)
        #expect(capacity.levels.map(\.streams) == [10, 20, 30])
        #expect(capacity.levels.map(\.held) == [true, true, false])
        #expect(capacity.levels.map(\.open) == [10, 20, 25])
        #expect(capacity.levels.map(\.errors) == [0, 0, 5])
        #expect(capacity.broken?.broke == ["errors.count == 0", "streams.open >= 30"])
        #expect(capacity.ceiling == .threshold)
        #expect(outcome.exitCode == ExitCode.pass)
        #expect(outcome.record.load.connections.completed == 25, "the climb ends its streams in good order")
        #expect(server.stop().count { $0.ending == "end" } >= 25)
    }

    @Test func aFirstLevelThatBreaksFailsTheRun() throws {
        let server = try limited(to: 5)
        let outcome = try run(climb(try Made.profile(server.url(), []), from: 10, to: 60))
        #expect(outcome.record.capacity?.levels.count == 1)
        #expect(outcome.exitCode == ExitCode.fail)
    }

    @Test func theLimitIsReachedAndEventsAreMeasured() throws {
        let server = try Server()
        let publish = PublishOptions(address: .url(server.address("/broadcast?topic=news")))
        var moment = publish
        moment.body = SendMoment.placeholder
        let outcome = try run(climb(try server.profile([]), from: 5, to: 10, publish: moment))
        let capacity = try #require(outcome.record.capacity)
        #expect(capacity.levels.map(\.open) == [5, 10])
        #expect(capacity.levels.allSatisfy { $0.eventP99 != nil })
        #expect(capacity.ceiling == .limit)
        #expect(try #require(capacity.published) > 0)
        #expect(capacity.publishErrors == [:])
        #expect(outcome.exitCode == ExitCode.pass, "\(outcome.judgement.findings)")
        #expect(outcome.record.phases.map(\.name) == [.baseline, .calibration, .load, .settle])
    }

    @Test func aGeneratorThatLagsEndsTheClimbAndBlamesNobody() throws {
        let server = try limited(to: 60)
        let outcome = try run(climb(try Made.profile(server.url(), []), from: 10, to: 60), saturation: ["it lagged"])
        let capacity = try #require(outcome.record.capacity)
        #expect(capacity.levels.count == 1)
        #expect(capacity.ceiling == .generator)
        #expect(capacity.broken?.broke == [])
        #expect(outcome.exitCode == ExitCode.fail, "no level was judged")
    }

    @Test func aPublishStaysWhereItIsWelcome() throws {
        var publish = PublishOptions(address: .url(try Made.url("http://192.0.2.3:9/")))
        publish.body = SendMoment.placeholder
        let profile = climb(try Made.profile("http://127.0.0.1:9/", []), from: 1, to: 1, publish: publish)
        #expect(throws: RunError.self) { try run(profile) }
    }
}
