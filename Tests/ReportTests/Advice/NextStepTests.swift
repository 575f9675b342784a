import Testing
import Verdict
import Vocabulary

@testable import Report

@Suite struct NextStepTests {
    private func step(_ findings: [Finding], _ thresholds: [ThresholdResult]) -> String? {
        let judgement = Judgement(leaks: Fixture.leakyJudgement.leaks, findings: findings, thresholds: thresholds)
        return NextStep(ReportDocument(record: Fixture.leakyRecord(), judgement: judgement))?.text
    }

    private let fails = ThresholdResult(expression: "connect.p99 < 5ms", value: 7e6, passed: false)

    @Test func aPassAsksForNothing() { #expect(step([], []) == nil) }

    @Test func theFirstFailureTellsIt() {
        let leak = Finding(.leak, .failure, "clients: it leaks", evidence: [], gauge: "state.clients")
        let died = Finding(.serverDied, .failure, "it died", evidence: [])
        #expect(step([leak, died], [fails])?.hasPrefix("Clients that leave at headers-received (rst), after") == true)
        #expect(step([died, leak], [])?.hasPrefix("Look at the server's last log lines") == true)
    }

    @Test func aThresholdAloneLeadsToTheFigures() {
        #expect(step([], [fails])?.hasPrefix("Look at Thresholds") == true)
        #expect(step([Finding(.errors, .warning, "errors", evidence: [])], [fails])?.hasPrefix("Look at Thr") == true)
    }
}
