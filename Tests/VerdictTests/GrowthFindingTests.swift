import Record
import RunProfile
import Testing
import Verdict
import Vocabulary

@Suite struct GrowthFindingTests {
    private func findings(_ record: RunRecord, _ leak: LeakOptions = LeakOptions()) -> [Finding] {
        Judge(thresholds: [], leak: leak).judge(record).findings.filter { $0.id == "gauge-grows" }
    }

    @Test func aGrowingGaugeFailsTheRunAndCountsAsALeak() throws {
        let record = Made.soak { $0 / 20 }
        let finding = try #require(findings(record).first)
        #expect(finding.severity == .failure)
        #expect(finding.title == "clients: grows under constant load, by 180 an hour, 0.100 per 1,000 connections")
        #expect(finding.evidence.first?.contains("the load was constant and the warm-up over, it rose by 15.0") == true)
        #expect(finding.evidence.contains("What becomes of it after the load was not read."))
        #expect(!record.judged().passed)
        #expect(record.judged(Made.threshold(.leaks)).thresholds[0].value == 1)
    }

    @Test func whatTheLadderFoundIsCountedOnce() throws {
        var record = Made.soak { $0 / 20 }
        record.gauges[0].residuals = Made.leakingGauge().residuals
        #expect(record.judged(Made.threshold(.leaks)).thresholds[0].value == 1)
        #expect(try #require(findings(record).first).evidence.contains("After the load it is permanent."))
    }

    /// Connections may hold what the gauge counts, or work piles up: that is worth a warning, and no leak.
    @Test func growthThatIsGivenBackIsAWarning() throws {
        var record = Made.soak { $0 / 20 }
        record.gauges = [Made.gauge(loadEnd: 15, settle: 0)]
        #expect(try #require(findings(record).first).severity == .warning)
        #expect(record.judged(Made.threshold(.leaks)).thresholds[0].value == 0)
        #expect(record.judged().passed)
    }

    @Test func aToleranceIsComparedWithTheIntervalsLowEnd() {
        let record = Made.soak { $0 / 20 }
        var leak = LeakOptions()
        leak.tolerance = 0.09
        #expect(findings(record, leak).count == 1)
        leak.tolerance = 0.11
        #expect(findings(record, leak).isEmpty)
        let judgement = Judge(thresholds: [Made.threshold(.leaks)], leak: leak).judge(record)
        #expect(judgement.thresholds[0].value == nil, "a gauge without residuals is not judged")
    }

    @Test func growingMemoryWarnsUnlessItIsBounded() throws {
        var record = Made.soak { $0 * 1_000 }
        record.gauges[0].unit = .bytes
        #expect(try #require(findings(record).first).severity == .warning)
        #expect(record.judged().passed)
        var leak = LeakOptions()
        leak.byteTolerance = 1_000
        #expect(try #require(findings(record, leak).first).severity == .failure)
        leak.byteTolerance = 3_000
        #expect(findings(record, leak).isEmpty)
    }

    @Test func aGaugeThatStaysHasNoFinding() {
        #expect(findings(Made.soak { $0.truncatingRemainder(dividingBy: 7) }).isEmpty)
        #expect(findings(Made.soak { -$0 }).isEmpty)
    }
}
