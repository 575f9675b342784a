import Foundation
import Record
import Testing
import Vocabulary

@Suite struct ReconnectRecordTests {
    /// A record of windows: number, closed, attempts, failed, returned, gone.
    private func record(_ windows: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64)...) -> ReconnectRecord {
        var record = ReconnectRecord()
        for (index, closed, attempts, failed, returned, gone) in windows {
            record.note(at: index * ReconnectWindow.length) {
                $0.attempts += attempts
            } window: {
                $0.closed += closed
                $0.attempts += attempts
                $0.failed += failed
                $0.returned += returned
                $0.gone += gone
            }
        }
        return record
    }

    @Test func theWindowsOfTwoWorkersAddUp() {
        var left = record((1, 2, 0, 0, 0, 0), (4, 0, 3, 1, 2, 0))
        let right = record((1, 1, 0, 0, 0, 0), (3, 0, 7, 0, 1, 0))
        left.merge(right)
        #expect(left == record((1, 3, 0, 0, 0, 0), (3, 0, 7, 0, 1, 0), (4, 0, 3, 1, 2, 0)))
        #expect(left.peakRate == 70)
    }

    @Test func anOutageLastsUntilAllAreBack() throws {
        let outages = record(
            (10, 5, 0, 0, 0, 0),
            (12, 1, 4, 4, 0, 0),
            (30, 0, 6, 0, 6, 0),
            (50, 1, 0, 0, 0, 0),
            (51, 0, 1, 0, 1, 0)
        ).outages
        #expect(outages.count == 2)
        let first = try #require(outages.first)
        #expect(first.closed == 6)
        #expect(first.mostAway == 6)
        #expect(first.attempts == 10)
        #expect(first.failed == 4)
        #expect(first.peakRate == 60)
        #expect(abs(first.start - 1) < 1e-9)
        #expect(abs(try #require(first.lasted) - 2.1) < 1e-9)
    }

    @Test func anOutageFromWhichNotAllComeBackHasNoEnd() {
        #expect(record((10, 5, 0, 0, 0, 0), (12, 0, 4, 0, 4, 0)).outages.map(\.end) == [nil])
        #expect(record((10, 5, 0, 0, 0, 0), (12, 0, 4, 0, 4, 1)).outages.map(\.end) == [nil])
        #expect(ReconnectRecord().outages.isEmpty)
        #expect(ReconnectRecord().peakRate == nil)
    }

    @Test func theWindowsAreBounded() {
        var record = ReconnectRecord()
        for index in 0..<UInt64(ReconnectRecord.mostWindows) + 5 {
            record.note(at: index * ReconnectWindow.length, { $0.attempts += 1 }, window: { $0.attempts += 1 })
        }
        #expect(record.windows.count == ReconnectRecord.mostWindows)
        #expect(record.attempts == UInt64(ReconnectRecord.mostWindows) + 5)
    }

    @Test func massDropsOfOneMomentAreOne() {
        func drop(_ at: Nanoseconds, closed: UInt64, returned: UInt64, last: Nanoseconds?) -> MassDropRecord {
            var drop = MassDropRecord(at: at, manner: .rst)
            (drop.closed, drop.returned, drop.lastReturn) = (closed, returned, last)
            return drop
        }
        var left = ReconnectRecord()
        left.drops = [drop(5, closed: 2, returned: 2, last: 30), drop(9, closed: 0, returned: 0, last: nil)]
        var right = ReconnectRecord()
        right.drops = [drop(5, closed: 3, returned: 1, last: 40), drop(9, closed: 1, returned: 1, last: 7)]
        left.merge(right)
        #expect(left.drops == [drop(5, closed: 5, returned: 3, last: 40), drop(9, closed: 1, returned: 1, last: 7)])
        #expect(left.drops.map(\.isComplete) == [false, true])
    }

    @Test func itSurvivesJSON() throws {
        var record = record((1, 2, 0, 0, 0, 0), (4, 0, 3, 1, 2, 0))
        record.retry = RetryRecord(told: 2, zeros: 1, shortest: 0, longest: 5)
        record.away.record(7_000_000)
        record.closed = ["ENDED": 2]
        record.drops = [MassDropRecord(at: 3, manner: .fin)]
        let copy = try JSONDecoder().decode(ReconnectRecord.self, from: try JSONEncoder().encode(record))
        #expect(copy == record)
    }

    @Test func recordsWithoutItAreStillRead() throws {
        var load = LoadRecord()
        load.merge(LoadRecord())
        #expect(load.reconnect == nil)
        var other = LoadRecord()
        other.reconnect = record((1, 1, 1, 0, 1, 0))
        load.merge(other)
        load.merge(other)
        #expect(load.reconnect?.attempts == 2)
    }
}
