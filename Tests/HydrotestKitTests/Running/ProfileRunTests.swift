import EventLoop
import Foundation
import HydrotestKit
import Record
import ReferenceServer
import RunProfile
import ScriptedServer
import TestTurns
import Testing
import Verdict
import Vocabulary

/// Whole runs against the reference server in this process.
@Suite(Turn.sideBySide) struct ProfileRunTests {
    /// A server whose registrations pause for so long that the drops below fall into the pause.
    private func racy(pause: Nanoseconds = 300 * .perMillisecond) throws -> Server {
        try Server {
            $0.registry = .racy
            $0.raceWindow = pause
            $0.heartbeat = 100 * .perMillisecond
            $0.inactivity = 600 * .perMillisecond
        }
    }

    private func dropper(_ connections: Int = 30, at stages: [Stage] = [.requestSent]) -> Scenario {
        var scenario = Made.dropping(connections, at: stages, [.fin, .rst])
        scenario.arrival = .rate(200)
        scenario.drop?.delay = (30 * .perMillisecond)...(40 * .perMillisecond)
        return scenario
    }

    /// The leak shows only once the pause is over, when the last connection has long gone.
    @Test(arguments: [false, true])
    func theRacyRegistryLeaksForEver(tls: Bool) throws {
        let server = try racy()
        var profile = try server.profile([dropper()], path: "/events", tls: tls)
        profile.leak.settle = 500 * .perMillisecond
        profile.leak.inactivity = 600 * .perMillisecond
        profile.leak.publish = PublishOptions(address: .url(server.address("/broadcast?topic=news")))
        profile.leak.attributionDrops = 0
        let outcome = try Server.run(profile)
        let leak = try #require(outcome.judgement.leaks.first { $0.gauge == "clients" })
        #expect(leak.class == .permanent)
        #expect((25...30).contains(leak.leaked))
        #expect(!outcome.passed)
        #expect(outcome.exitCode == ExitCode.fail)
        #expect(outcome.record.publish?.status == 200)
        #expect(
            outcome.record.phases.map(\.name) == [
                .baseline, .calibration, .load, .settle, .inactivity, .publish, .growth,
            ]
        )
        #expect(outcome.record.load.connections.dropped == 30)
    }

    @Test func aSubscribedClientLeaksUntilABroadcast() throws {
        let server = try racy()
        var profile = try server.profile([dropper()])
        profile.leak.settle = 500 * .perMillisecond
        profile.leak.publish = PublishOptions(address: .url(server.address("/broadcast?topic=news")))
        profile.leak.attributionDrops = 0
        let outcome = try Server.run(profile)
        #expect(outcome.judgement.leaks.first { $0.gauge == "clients" }?.class == .untilBroadcast)
        #expect(outcome.judgement.leaks.first { $0.gauge == "subscriptions" }?.class == .untilBroadcast)
    }

    /// Held streams get no heartbeat: the server ends them by its timer, which also cleans up what the drops left.
    @Test func theInactivityTimeoutIsDiscoveredFromQuietStreams() throws {
        let server = try Server {
            $0.faults.names = [.timerLeak]
            $0.heartbeat = nil
            $0.inactivity = 900 * .perMillisecond
        }
        let profile = try server.profile(
            [Made.holding(5, for: 2 * .perSecond), Made.dropping(400, at: [.firstEvent], rate: 250)]
        )
        let outcome = try Server.run(profile)
        let found = try #require(outcome.record.inactivity)
        #expect(found.discoveredFrom == 5)
        #expect((800...1_300).contains(found.timeout / .perMillisecond))
        let timers = try #require(outcome.judgement.leaks.first { $0.gauge == "timers" })
        #expect(timers.class == .bounded)
        let fell = try #require(outcome.record.gauges.first { $0.gauge == "timers" }?.fell)
        #expect((0.1...1.3).contains(fell))
        #expect(outcome.judgement.findings.contains { $0.evidence.contains { $0.contains("was discovered") } })
    }

    @Test func attributionFindsTheStage() throws {
        let server = try racy(pause: 60 * .perMillisecond)
        var profile = try server.profile(
            [dropper(42, at: [.connected, .requestSent, .headersReceived])],
            path: "/events"
        )
        profile.leak.settle = 500 * .perMillisecond
        profile.leak.attributionDrops = 20
        let outcome = try Server.run(profile)
        #expect(outcome.record.phases.map(\.name).suffix(2) == [.attribution, .growth])
        let found = outcome.record.attributions.filter { $0.gauge == "clients" && $0.residual > 0 }
        #expect(found.map(\.stage) == [.requestSent, .requestSent])
        #expect(found.map(\.manner) == [.fin, .rst])
        #expect(found.map(\.drops) == [20, 20])
        #expect(found.allSatisfy { (5...20).contains($0.residual) })
        #expect(Set(outcome.judgement.leaks.filter { $0.gauge == "clients" }.map(\.stage)) == [.requestSent])
    }

    @Test func theFixedRegistryDoesNotLeak() throws {
        let server = try Server {
            $0.raceWindow = 5 * .perMillisecond
            $0.heartbeat = 50 * .perMillisecond
        }
        var droppers = Made.dropping(60, at: nil, [.fin, .rst, .closeNotify, .alert])
        droppers.arrival = .rate(300)
        var profile = try server.profile(
            [Made.holding(20, for: 400 * .perMillisecond), droppers],
            tls: true
        )
        profile.leak.settle = 3 * .perSecond
        profile.heartbeat = HeartbeatOptions(expect: 5 * .perSecond)
        let outcome = try Server.run(profile, workers: 2)
        #expect(outcome.judgement.leaks.isEmpty)
        #expect(outcome.passed, "\(outcome.judgement.findings)")
        #expect(outcome.exitCode == ExitCode.pass)
        let record = outcome.record
        #expect(record.phases.map(\.name) == [.baseline, .calibration, .load, .settle])
        #expect(record.load.connections.attempted == 80)
        #expect(record.load.connections.completed == 20)
        #expect(record.load.connections.dropped == 60)
        #expect(record.load.errors.isEmpty)
        #expect(record.load.heartbeat.streams == 20)
        #expect(record.load.heartbeat.beats >= 20)
        #expect(record.gauges.map(\.gauge) == ["clients", "timers", "subscriptions"])
        for gauge in record.gauges {
            #expect(gauge.baseline == 0)
            #expect(try #require(gauge.peak) > 0)
            #expect(gauge.residual(at: .settle) == 0)
            // On a starved machine a reading may not be back before the next is due, which says nothing of the registry.
            #expect(gauge.gaps.keys.allSatisfy { $0 == "PROBE_BUSY" }, "\(gauge.gaps)")
        }
        #expect(record.series["state.clients"]?.t.isEmpty == false)
        #expect(record.series["streams"]?.t.isEmpty == false)
        #expect(!record.interrupted)
    }

    @Test func readingsThatFailedAreInTheRecord() throws {
        let server = try Server()
        var profile = try server.profile([Made.holding(1, for: 50 * .perMillisecond)])
        profile.probes[0].source = .http(
            .url(server.address("/nowhere")),
            gauges: [ProbeOptions.HTTPGauge(name: "clients", pointer: "/clients")]
        )
        let gauge = try #require(try Server.run(profile).record.gauges.first)
        #expect(gauge.baseline == nil)
        #expect(gauge.residuals.isEmpty)
        #expect(try #require(gauge.gaps["HTTP_404"]) >= 2)
    }

    @Test func aClosedPortIsUnreachable() throws {
        let server = try ScriptedServer { _ in nil }
        server.stop()
        let outcome = try Server.run(try Made.profile(server.url(), [Made.holding(3, for: 1)]))
        #expect(outcome.record.load.errors == ["ECONNREFUSED": 3])
        #expect(outcome.exitCode == ExitCode.targetUnreachable)
        #expect(outcome.exitReason?.contains("ECONNREFUSED") == true)
    }

    @Test func aLoadStaysWhereItIsWelcome() throws {
        var profile = try Made.profile("http://192.0.2.1:9/", [Made.holding(1, for: 1)])
        let error = try #require(throws: RunError.self) { try Server.run(profile) }
        #expect(error.exitCode == ExitCode.badProfile)
        #expect(error.description.contains("--authorize 192.0.2.1"))
        profile.target.address = .url(try Made.url("http://127.0.0.1:9/"))
        profile.scenarios[0].url = try Made.url("http://192.0.2.2:9/")
        #expect(throws: RunError.self) { try Server.run(profile) }
        profile.scenarios[0].url = nil
        profile.leak.publish = PublishOptions(address: .url(try Made.url("http://192.0.2.3:9/")))
        #expect(throws: RunError.self) { try Server.run(profile) }
    }

    @Test func aProfileThatCannotBeReadIsNamed() throws {
        let error = try #require(throws: RunError.self) {
            try ProfileRun(file: "/nonexistent.yaml", options: RunOptions(), interrupts: Server.interrupts)
        }
        #expect(error.exitCode == ExitCode.badProfile)
        #expect(error.description.contains("/nonexistent.yaml"))
    }

    /// A load keeps its loops' descriptors no longer than it runs.
    @Test func trialsLeaveNoDescriptorsBehind() throws {
        let server = try racy(pause: 60 * .perMillisecond)
        var profile = try server.profile([dropper(20, at: [.connected, .requestSent])], path: "/events")
        profile.leak.attributionDrops = 10
        profile.leak.settle = 400 * .perMillisecond
        let before = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
        let outcome = try Server.run(profile, workers: 100)
        let after = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
        #expect(outcome.record.phases.map(\.name).suffix(2) == [.attribution, .growth])
        // A load and four trials of 100 loops with two descriptors each; other tests run meanwhile.
        #expect(after - before < 500)
    }
}
