import Foundation
import Record
import Testing

@Suite struct CapacityRecordTests {
    private func record(_ levels: CapacityLevel..., top: UInt64 = 30) -> CapacityRecord {
        var record = CapacityRecord(top: top)
        record.levels = levels
        return record
    }

    private func level(_ streams: UInt64, held: Bool = true, saturation: [String] = []) -> CapacityLevel {
        CapacityLevel(
            streams: streams,
            measures: [.init(expression: "a", value: 1, held: held), .init(expression: "b", value: nil, held: true)],
            saturation: saturation
        )
    }

    @Test func theLevelsSayWhatEndedTheClimb() {
        #expect(record().ceiling == .interrupted)
        #expect(record(level(10)).ceiling == .interrupted)
        #expect(record(level(10), level(20), level(30)).ceiling == .limit)
        #expect(record(level(10), level(20, held: false)).ceiling == .threshold)
        #expect(record(level(10), level(20, saturation: ["late"])).ceiling == .generator)
        #expect(record(level(10), level(30, held: false, saturation: ["late"])).ceiling == .generator)
    }

    @Test func theHighestLevelThatHeldIsNamed() {
        #expect(record().held == nil)
        #expect(record(level(10, held: false)).held == nil)
        let climb = record(level(10), level(20), level(30, held: false))
        #expect(climb.held?.streams == 20)
        #expect(climb.broken?.streams == 30)
        #expect(climb.broken?.broke == ["a"])
        #expect(record(level(10), level(20)).broken == nil)
    }

    @Test func aRunRecordKeepsItsClimb() throws {
        var run = RunRecord(profile: "p", seed: 1, started: 0)
        let old = try JSONEncoder().encode(run)
        #expect(try JSONDecoder().decode(RunRecord.self, from: old).capacity == nil)
        run.capacity = record(level(10), level(20, saturation: ["late"]))
        let data = try JSONEncoder().encode(run)
        #expect(try JSONDecoder().decode(RunRecord.self, from: data) == run)
    }
}
