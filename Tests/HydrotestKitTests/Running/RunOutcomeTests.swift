import Record
import Testing
import Verdict
import Vocabulary

@testable import HydrotestKit

@Suite struct RunOutcomeTests {
    private func outcome(
        failing: Bool = false,
        _ change: (inout RunRecord) -> Void = { _ in }
    ) -> RunOutcome {
        var record = RunRecord(profile: "p", seed: 1, started: 0)
        record.load.connections.attempted = 3
        record.load.stages = [.connecting: 3, .connected: 2]
        change(&record)
        let finding = Finding(id: "x", severity: .failure, title: "x", evidence: [])
        return RunOutcome(
            record: record,
            judgement: Judgement(leaks: [], findings: failing ? [finding] : [], thresholds: [])
        )
    }

    @Test func aPassAndAFailure() {
        #expect(outcome().exitCode == 0)
        #expect(outcome().exitReason == nil)
        #expect(outcome(failing: true).exitCode == 1)
        #expect(outcome(failing: true).exitReason == nil)
    }

    @Test func aWorkersDeathIsAnInternalError() {
        let died = outcome { $0.load.workerDeaths = [WorkerDeath(worker: 1, reason: "EBADF", time: 2)] }
        #expect(died.exitCode == 70)
        #expect(died.exitReason?.contains("a worker died") == true)
    }

    @Test func anInterruptOutweighsEverything() {
        let interrupted = outcome(failing: true) {
            $0.interrupted = true
            $0.load.stages = [:]
        }
        #expect(interrupted.exitCode == 130)
        #expect(interrupted.exitReason?.contains("interrupted") == true)
        #expect(!interrupted.isUnreachable)
    }

    @Test func aTargetThatNoConnectionReachedIsUnreachable() {
        let unreachable = outcome(failing: true) {
            $0.load.stages = [.connecting: 3]
            $0.load.connections.failed = 3
            $0.load.errors = ["TIMEOUT_CONNECT": 2, "ECONNREFUSED": 1]
            $0.environment.target = "http://h/"
        }
        #expect(unreachable.exitCode == 69)
        #expect(
            unreachable.exitReason
                == "no connection reached http://h/ (ECONNREFUSED, TIMEOUT_CONNECT); is the server up?"
        )
    }

    /// Whoever drops every connection as it connects asks for no more.
    @Test func droppingEveryConnectionAsItConnectsIsNoFailure() {
        let dropped = outcome {
            $0.load.stages = [.connecting: 3]
            $0.load.connections.dropped = 3
        }
        #expect(dropped.exitCode == 0)
        #expect(dropped.exitReason == nil)
    }

    @Test func nothingAttemptedIsNotUnreachable() {
        #expect(outcome { $0.load = LoadRecord() }.exitCode == 0)
    }
}
