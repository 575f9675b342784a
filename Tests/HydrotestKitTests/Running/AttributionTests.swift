import HydrotestKit
import Record
import ReferenceServer
import RunProfile
import TestTurns
import Testing
import Verdict
import Vocabulary

/// What leaks are traced to, in whole runs.
@Suite(Turn.sideBySide) struct AttributionTests {
    /// What one trial leaves expires during the next one, unless that waits for it.
    @Test func aBoundedLeakIsTracedToEachOfItsStages() throws {
        let server = try Server {
            $0.faults = Faults([.timerLeak])
            $0.inactivity = 1_700 * .perMillisecond
        }
        var dropper = Made.dropping(60, at: [.requestPartial, .headersReceived, .streaming])
        dropper.arrival = .rate(200)
        var profile = try server.profile([dropper])
        profile.leak.settle = .perSecond
        profile.leak.inactivity = 1_700 * .perMillisecond
        profile.leak.attributionDrops = 20
        let outcome = try Server.run(profile)
        let leaks = outcome.judgement.leaks.filter { $0.gauge == "timers" }
        #expect(leaks.map(\.class) == [.bounded, .bounded])
        #expect(Set(leaks.map(\.stage)) == [.headersReceived, .streaming])
        for leak in leaks { #expect(leak.leaked == 20, "\(leak)") }
    }
}
