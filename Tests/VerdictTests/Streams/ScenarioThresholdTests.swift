import Record
import RunProfile
import Testing
import Verdict
import Vocabulary

@Suite struct ScenarioThresholdTests {
    private func threshold(_ scenario: String) -> Threshold {
        Threshold(
            expression: "\(scenario): connect.p99 < 5ms",
            scenario: scenario,
            metric: .latency(.connect, .p99),
            comparison: .less,
            bound: 5e6
        )
    }

    @Test func eachScenarioIsMeasuredAlone() {
        var record = Made.record()
        var (fast, slow) = (LoadRecord(), LoadRecord())
        fast.latency[.connect].record(1 * .perMillisecond)
        slow.latency[.connect].record(90 * .perMillisecond)
        record.load.merge(fast)
        record.load.merge(slow)
        record.load.scenarios = [ScenarioRecord(name: "fast", load: fast), ScenarioRecord(name: "slow", load: slow)]
        let results = record.judged(threshold("fast"), threshold("slow"), threshold("other")).thresholds
        #expect(results.map(\.passed) == [true, false, false])
        #expect(results[0].value == 1e6)
        #expect(results[2].value == nil)
    }

    @Test func theOnlyScenarioIsAllOfThem() {
        var record = Made.record()
        record.load.latency[.connect].record(1 * .perMillisecond)
        #expect(record.judged(threshold("only")).thresholds.map(\.passed) == [true])
    }
}
