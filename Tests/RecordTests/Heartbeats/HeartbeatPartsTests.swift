import Foundation
import Record
import Testing
import Vocabulary

/// What a record of heartbeats is made of: merged, written and read again.
@Suite struct HeartbeatPartsTests {
    private func end(_ age: Nanoseconds) -> StreamEnd {
        StreamEnd(age: age, silence: 0, longestGap: .perSecond, isOrderly: true)
    }

    private func full() -> HeartbeatRecord {
        var record = HeartbeatRecord()
        var rhythm = RhythmRecord(period: .perSecond)
        rhythm.jitter.record(5_000_000)
        rhythm.period.record(.perSecond)
        rhythm.growth.record(-2_000_000)
        rhythm.growth.record(3_000_000)
        rhythm.stopped = 1
        rhythm.covered = 2
        rhythm.underLoad.beats = 3
        rhythm.amongEvents.missed = 4
        var bins = [UInt32](repeating: 0, count: PhaseRecord.binCount)
        bins[3] = 80
        rhythm.phases.add(beats: bins, starts: bins, of: 10)
        record.rhythm = rhythm
        for age in [2_000, 2_010, 2_020] as [Nanoseconds] {
            record.noteEnd(end(age * .perMillisecond), quietAfter: nil, at: age * .perMillisecond)
        }
        var interval = LatencyHistogram()
        interval.record(.perSecond, count: 30)
        record.noteUnended(age: 1_500 * .perMillisecond)
        record.discovered = [DiscoveredBeat(kind: .comment, streams: 10, looked: 10, interval: interval)]
        return record
    }

    @Test func aRecordIsReadAsItWasWritten() throws {
        let record = full()
        #expect(try JSONDecoder().decode(HeartbeatRecord.self, from: JSONEncoder().encode(record)) == record)
    }

    @Test func recordsOfOlderVersionsAreRead() throws {
        let old = #"{"streams":1,"beats":2,"interval":{"max":0,"buckets":[]},"excused":0,"disconnectedWhileQuiet":0}"#
        let record = try JSONDecoder().decode(HeartbeatRecord.self, from: Data(old.utf8))
        #expect(record.beats == 2)
        #expect(record.rhythm == nil && record.ended == nil && record.discovered == nil && record.longestLife == nil)
    }

    @Test func aMergeIsTheRecordOfBoth() throws {
        var merged = HeartbeatRecord()
        merged.merge(full())
        #expect(merged == full())
        merged.merge(full())
        let rhythm = try #require(merged.rhythm)
        #expect(rhythm.jitter.count == 2)
        #expect(rhythm.growth.count == 4)
        #expect((rhythm.stopped, rhythm.covered) == (2, 4))
        #expect((rhythm.underLoad.beats, rhythm.amongEvents.missed) == (6, 8))
        #expect(rhythm.phases.streams == 20)
        #expect(rhythm.phases.beats.reduce(0, +) == 160)
        #expect(merged.ended?.ages.count == 6)
        #expect(merged.ended?.orderly?.count == 6)
        #expect(merged.ended?.orderly?.instants.map(\.count) == [6])
        #expect(merged.unendedAges?.count == 2)
        #expect(merged.discovered?.count == 1)
        #expect(merged.discovered?.first?.streams == 20)
        #expect(merged.longestLife == 2_020 * .perMillisecond)
    }

    @Test func phasesOfAnotherPeriodAreLeftOut() {
        var merged = full().rhythm?.phases ?? PhaseRecord(period: 1)
        let before = merged
        merged.merge(PhaseRecord(period: 5))
        #expect(merged == before)
    }

    @Test func signedSpansKeepTheirOrder() {
        var histogram = SignedHistogram()
        #expect(histogram.value(atPercentile: 50) == nil)
        for span in [-40, -20, 10, 30, 50] as [Double] { histogram.record(span * 1e6) }
        let rounded = [0, 30, 50, 75, 100].map { histogram.value(atPercentile: $0).map { ($0 / 1e7).rounded() } }
        #expect(rounded == [-4, -2, 1, 3, 5])
    }

    @Test(
        arguments: [
            ([2_000, 2_010, 2_020, 2_030], 2_010...2_020), ([2_000, 2_010], nil), ([1_000, 2_000, 3_000, 4_000], nil),
            ([5_000] + Array(repeating: 2_000, count: 20), 2_000...2_000),
        ] as [([Nanoseconds], ClosedRange<Nanoseconds>?)]
    )
    func agesOfMostStreamsMakeACluster(ages: [Nanoseconds], common: ClosedRange<Nanoseconds>?) {
        var record = HeartbeatRecord()
        for age in ages { record.noteEnd(end(age * .perMillisecond), quietAfter: nil, at: 0) }
        let found = record.ended?.commonAge.map { $0 / .perMillisecond }
        #expect((found == nil) == (common == nil))
        if let found, let common { #expect((common.lowerBound - 2...common.upperBound + 2).contains(found)) }
    }

    @Test(arguments: [(10, true), (900, false)] as [(Nanoseconds, Bool)])
    func streamsThatEndAtOneMomentMayAllHaveBegunAtOne(apart: Nanoseconds, atOnce: Bool) {
        var record = HeartbeatRecord()
        for index in 0..<10 as Range<Nanoseconds> {
            let moment = (5_000 + index * apart / 9) * .perMillisecond
            record.noteEnd(end(2 * .perSecond), quietAfter: nil, at: moment)
        }
        #expect(record.ended?.endedAtOnce == atOnce)
    }

    @Test(
        arguments: [
            ([1_000, 1_010, 990, 1_000], 2, 2, true), ([1_000, 1_010, 990, 1_000], 1, 4, false),
            ([100, 2_000, 600, 3_000], 2, 2, false), ([1_000], 1, 1, false),
        ] as [([Nanoseconds], UInt64, UInt64, Bool)]
    )
    func onlyWhatIsRegularOnMostStreamsBeats(
        intervals: [Nanoseconds],
        streams: UInt64,
        looked: UInt64,
        isRegular: Bool
    ) {
        var histogram = LatencyHistogram()
        for interval in intervals { histogram.record(interval * .perMillisecond) }
        let beat = DiscoveredBeat(kind: .any, streams: streams, looked: looked, interval: histogram)
        #expect((beat.period != nil) == isRegular)
    }
}
