import Foundation
import Record
import RunProfile
import Testing
import Verdict
import Vocabulary

@Suite struct JudgeTests {
    @Test func theWeightiestFindingComesFirst() {
        var record = Made.record()
        record.load.lateArrivals = 1
        record.load.errors = ["ECONNRESET": 1]
        record.load.heartbeat.disconnectedWhileQuiet = 1
        #expect(record.judged().findings.map(\.severity) == [.failure, .warning, .info])
    }

    @Test func aFailureFailsTheRunAndAWarningDoesNot() {
        var record = Made.record()
        record.load.errors = ["ECONNRESET": 1]
        #expect(record.judged().passed)
        record.gauges = [Made.leakingGauge()]
        #expect(!record.judged().passed)
    }

    @Test func aBrokenThresholdFailsTheRun() {
        let record = Made.record()
        #expect(record.judged(Made.threshold(.connections(.established), .greaterOrEqual, 1_000)).passed)
        #expect(!record.judged(Made.threshold(.connections(.established), .greaterOrEqual, 1_001)).passed)
    }

    @Test func findingsAreBoundedAndKeepTheWeightiest() {
        var record = Made.record()
        record.gauges = (0..<150).map { Made.leakingGauge("gauge\($0)") }
        record.load.errors = ["ECONNRESET": 1]
        let findings = record.judged().findings
        #expect(findings.count == VerdictLimits.findings)
        #expect(findings.dropLast().allSatisfy { $0.severity == .failure })
        #expect(findings.last?.id == "findings-left-out")
        // 150 leaks, each untraced, and the errors.
        #expect(findings.last?.title == "202 findings left out")
    }

    @Test func evidenceIsBounded() {
        var record = Made.record()
        record.gauges = [Made.leakingGauge()]
        record.attributions = Stage.allCases.flatMap { stage in
            Manner.allCases.map { Made.attribution(stage, $0, residual: 1) }
        }
        let judgement = record.judged()
        #expect(judgement.leaks.count == Stage.allCases.count * Manner.allCases.count)
        #expect(judgement.findings.first?.evidence.count == VerdictLimits.evidence)
        #expect(judgement.findings.first?.evidence.last?.hasSuffix("lines left out.") == true)
    }

    @Test func leaksAreBoundedButAllAreCounted() {
        var record = Made.record()
        record.gauges = (0..<VerdictLimits.leaks + 1).map { Made.leakingGauge("gauge\($0)") }
        let judgement = record.judged(Made.threshold(.leaks))
        #expect(judgement.leaks.count == VerdictLimits.leaks)
        #expect(judgement.thresholds[0].value == Double(VerdictLimits.leaks + 1))
    }

    @Test func theSameNameInTwoProbesIsTwoGauges() {
        var record = Made.record()
        record.gauges = [Made.leakingGauge(), Made.leakingGauge(probe: "metrics")]
        let judgement = record.judged(Made.threshold(.leaks))
        #expect(judgement.leaks.map(\.probe) == ["state", "metrics"])
        #expect(judgement.thresholds[0].value == 2)
    }

    @Test func hugeCountsOfAFileDoNotTrap() {
        var record = Made.record()
        record.load.errors = ["A": .max, "B": .max]
        record.load.drops = [
            DropCount(stage: .requestSent, manner: .fin, count: .max),
            DropCount(stage: .requestSent, manner: .rst, count: .max),
        ]
        record.load.lateArrivals = .max
        record.load.connections.failed = .max
        record.gauges = [Made.gauge(loadEnd: 1e300, settle: 1e300, inactivity: 1e300)]
        let judgement = record.judged(Made.threshold(.errorCount))
        #expect(judgement.thresholds[0].value == Double(UInt64.max))
        #expect(judgement.leaks.map(\.drops) == [.max])
    }

    @Test func aJudgementSurvivesARoundTrip() throws {
        var record = Made.record()
        record.gauges = [Made.leakingGauge()]
        let judgement = record.judged(Made.threshold(.leaks))
        let copy = try JSONDecoder().decode(Judgement.self, from: JSONEncoder().encode(judgement))
        #expect(copy == judgement)
    }
}
