import Record
import Testing
import Vocabulary

@Suite struct LevelRecordTests {
    @Test func workersLevelsAddUp() {
        var level = LevelRecord()
        level.open = 3
        level.overdue = 1
        level.load.events = 10
        var other = level
        other.open = .max
        other.load.latency[.event].record(5_000_000)
        level.merge(other)
        #expect(level.open == .max)
        #expect(level.overdue == 2)
        #expect(level.load.events == 20)
        #expect(level.load.latency[.event].count == 1)
    }
}
