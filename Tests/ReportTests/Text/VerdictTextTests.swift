import Record
import Testing
import Verdict
import Vocabulary

@testable import Report

@Suite struct VerdictTextTests {
    private func text(_ findings: [Finding], _ thresholds: [ThresholdResult], interrupted: Bool = false) -> VerdictText
    {
        var record = RunRecord(profile: "x", seed: 1, started: 0)
        record.interrupted = interrupted
        let judgement = Judgement(leaks: [], findings: findings, thresholds: thresholds)
        return VerdictText(ReportDocument(record: record, judgement: judgement))
    }

    private let holds = ThresholdResult(expression: "leaks == 0", value: 0, passed: true)
    private let fails = ThresholdResult(expression: "connect.p99 < 5ms", value: 7e6, passed: false)
    private let failure = Finding(id: "leak", severity: .failure, title: "It leaks.", evidence: [])

    @Test func passes() {
        #expect(text([], []).word == "PASS")
        #expect(text([], []).reason == "No finding fails the run; no threshold was set.")
        #expect(text([], [holds]).reason == "The threshold holds, and no finding fails the run.")
        #expect(text([], [holds, holds]).reason == "All 2 thresholds hold, and no finding fails the run.")
        let warning = Finding(id: "x", severity: .warning, title: "x", evidence: [])
        #expect(text([warning], [holds]).reason.hasSuffix("1 warning."))
    }

    @Test func failsWithItsReasons() {
        #expect(text([failure], []).word == "FAIL")
        #expect(text([failure], [holds]).reason == "It leaks.")
        #expect(text([failure, failure], []).reason == "It leaks, and 1 more.")
        #expect(text([], [fails]).reason == "A threshold does not hold: connect.p99 < 5ms (measured: 7.00 ms).")
        #expect(
            text([], [holds, fails, fails]).reason
                == "2 of 3 thresholds do not hold, first connect.p99 < 5ms (measured: 7.00 ms)."
        )
    }

    @Test func saysWhenItWasCutShort() {
        #expect(text([], [], interrupted: true).reason.hasPrefix("The run was cut short. "))
    }
}
