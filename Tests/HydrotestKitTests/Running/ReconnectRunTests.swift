import HydrotestKit
import Record
import ReferenceServer
import Report
import RunProfile
import TestTurns
import Testing
import Verdict
import Vocabulary

/// Whole runs whose streams come back, against the reference server in this process.
@Suite(Turn.sideBySide) struct ReconnectRunTests {
    private func returners(_ connections: Int, for hold: Nanoseconds) -> Scenario {
        var scenario = Made.holding(connections, for: hold)
        var options = ReconnectOptions()
        options.after = 100 * .perMillisecond
        options.jitter = 0...(50 * .perMillisecond)
        scenario.reconnect = options
        return scenario
    }

    @Test(arguments: [false, true])
    func streamsThatAreDroppedAtOnceAreAllBack(tls: Bool) throws {
        let server = try Server()
        var scenario = returners(30, for: 3 * .perSecond)
        scenario.reconnect?.drop = ReconnectOptions.MassDrop(moments: [1_500 * .perMillisecond])
        let outcome = try Server.run(try server.profile([scenario], tls: tls))
        #expect(outcome.passed, "\(outcome.judgement.findings)")
        let reconnect = try #require(outcome.document.reconnect)
        #expect(reconnect.closed == ["DROPPED": 30])
        #expect(reconnect.returned == 30)
        #expect(reconnect.drops.first?.isComplete == true)
        #expect(outcome.record.load.connections.completed == 30)
        let storm = try #require(outcome.judgement.findings.first { $0.id == "reconnect-storm" })
        #expect(storm.title.hasPrefix("30 streams dropped at once (rst): all back after "))
        // The first event's ID is that of the stream's start, so that every client can say it.
        #expect(outcome.record.load.reconnect?.unsentIDs.isEmpty == true)
    }

    @Test func aServerThatSaysRetryZeroIsFound() throws {
        let server = try Server { $0.faults.names = [.retryStorm] }
        var scenario = returners(10, for: 2 * .perSecond)
        scenario.reconnect?.after = 60 * .perSecond
        scenario.reconnect?.drop = ReconnectOptions.MassDrop(moments: [.perSecond])
        let outcome = try Server.run(try server.profile([scenario]))
        #expect(!outcome.passed)
        #expect(outcome.judgement.findings.contains { $0.id == "retry-storm" && $0.severity == .failure })
        #expect(outcome.record.load.reconnect?.retry?.zeros == 20)
    }
}
