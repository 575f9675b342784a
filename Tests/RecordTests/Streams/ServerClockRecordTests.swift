import Record
import Testing
import Vocabulary

@Suite struct ServerClockRecordTests {
    private let second: Int64 = 1_000_000_000
    private let ms: Int64 = 1_000_000

    /// A record of events by how long each took, with a server whose clock is ahead.
    private func record(_ spans: [Int64], ahead: Int64) -> ServerClockRecord {
        var record = ServerClockRecord()
        for (index, span) in spans.enumerated() {
            let sent = 1_790_000_000 * second + Int64(index) * second
            record.note(sent: sent + ahead, received: sent + span)
        }
        return record
    }

    @Test(arguments: [0, 3_600, -3_600, 86_400 * 365 * 40] as [Int64])
    func latenciesCountFromTheFastestEvent(seconds: Int64) throws {
        let record = record([5 * ms, 2 * ms, 30 * ms, 12 * ms], ahead: seconds * second)
        #expect(record.offset == 2 * ms - seconds * second)
        let latencies = record.latencies
        #expect(latencies.count == 4)
        #expect(abs(Double(latencies.largest) - 28e6) < 28e3)
        #expect(abs(Double(try #require(latencies.value(atPercentile: 50))) - 3e6) < 10e3)
        #expect(try #require(latencies.value(atPercentile: 1)) < 10_000)
    }

    @Test func aMergeIsTheRecordOfBoth() throws {
        let all = record([5 * ms, 2 * ms, 30 * ms, 12 * ms], ahead: 7 * second)
        var left = record([5 * ms, 30 * ms], ahead: 7 * second)
        left.merge(record([2 * ms, 12 * ms], ahead: 7 * second))
        left.merge(ServerClockRecord())
        #expect(left.offset == all.offset)
        #expect(left.latencies.count == 4)
        for percentile in [1.0, 50, 75, 100] {
            let (merged, whole) = (
                left.latencies.value(atPercentile: percentile), all.latencies.value(atPercentile: percentile)
            )
            #expect(abs(Double(try #require(merged)) - Double(try #require(whole))) < 60e3)
        }
        var empty = ServerClockRecord()
        empty.merge(all)
        #expect(empty.offset == all.offset)
        #expect(empty.latencies.count == 4)
    }

    @Test func numbersThatNoClockShowsHarmNothing() {
        var record = ServerClockRecord()
        record.note(sent: .min, received: 5)
        #expect(record.unread == 1)
        #expect(record.offset == nil)
        record.note(sent: .max, received: 5)
        record.note(sent: -9_000_000_000_000_000_000, received: 5)
        #expect(record.latencies.count == 2)
        #expect(record.latencies.value(atPercentile: 100) == LatencyHistogram.longest)
    }
}
