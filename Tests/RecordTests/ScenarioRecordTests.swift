import Record
import Testing

@Suite("ScenarioRecord")
struct ScenarioRecordTests {
    private func record(_ name: String, events: UInt64) -> LoadRecord {
        var part = LoadRecord()
        part.events = events
        var record = LoadRecord()
        record.scenarios = [ScenarioRecord(name: name, load: part)]
        return record
    }

    @Test func scenariosOfOneNameAreAddedUp() {
        var merged = record("listeners", events: 3)
        merged.merge(record("listeners", events: 4))
        merged.merge(record("canaries", events: 5))
        merged.merge(LoadRecord())
        #expect(merged.scenarios?.map(\.name) == ["listeners", "canaries"])
        #expect(merged.scenarios?.map(\.load.events) == [7, 5])
    }
}
