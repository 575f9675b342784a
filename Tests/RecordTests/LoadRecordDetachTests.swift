import Record
import Testing
import Vocabulary

@Suite struct LoadRecordDetachTests {
    private func record() -> LoadRecord {
        var record = LoadRecord()
        record.latency[.connect].record(3 * .perMillisecond)
        record.latency[.connect].record(900)
        record.heartbeat.interval.record(2 * .perSecond)
        record.dropDelays = LatencyHistogram()
        record.scenarios = [ScenarioRecord(name: "a", load: LoadRecord())]
        record.scenarios?[0].load.latency[.event].record(7_200 * .perSecond)
        return record
    }

    @Test func changesNothing() {
        var detached = record()
        detached.detach()
        #expect(detached == record())
        #expect(
            detached.latency[.connect].value(atPercentile: 50) == record().latency[.connect].value(atPercentile: 50)
        )
        #expect(detached.latency[.connect].mean == record().latency[.connect].mean)
    }

    @Test func recordsApart() {
        let original = record()
        var detached = original
        detached.detach()
        detached.latency[.connect].record(1)
        #expect(original == record())
        #expect(detached.latency[.connect].count == 3)
    }
}
