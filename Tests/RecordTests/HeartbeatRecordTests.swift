import Record
import Testing
import Vocabulary

@Suite struct HeartbeatRecordTests {
    @Test(arguments: [(nil, nil, nil), (3, nil, 3), (nil, 4, 4), (3, 4, 7)] as [(UInt64?, UInt64?, UInt64?)])
    func missedBeatsAddUpWhereTheyWereCounted(left: UInt64?, right: UInt64?, sum: UInt64?) {
        var merged = HeartbeatRecord()
        merged.missed = left
        var other = HeartbeatRecord()
        other.missed = right
        merged.merge(other)
        #expect(merged.missed == sum)
    }

    @Test(
        arguments: [(nil, nil, nil), (3, nil, 3), (nil, 4, 4), (3, 4, 4), (5, 4, 5)] as [(UInt64?, UInt64?, UInt64?)]
    )
    func longestSilenceIsTheLongerOne(left: UInt64?, right: UInt64?, longest: UInt64?) {
        var merged = HeartbeatRecord()
        merged.longestSilence = left
        var other = HeartbeatRecord()
        other.longestSilence = right
        merged.merge(other)
        #expect(merged.longestSilence == longest)
    }

    @Test func quietLivesOfOneTimerTellItsTimeout() throws {
        var record = HeartbeatRecord()
        #expect(record.commonQuietLife == nil)
        for life in [3_000, 3_050, 3_200, 3_400] as [Nanoseconds] { record.noteQuietEnd(after: life * .perMillisecond) }
        let found = try #require(record.commonQuietLife)
        #expect(found.discoveredFrom == 4)
        #expect((3_390...3_410).contains(found.timeout / .perMillisecond))
        record.noteQuietEnd(after: .perSecond)
        #expect(record.commonQuietLife == nil, "no one timer ends streams after 1 s and after 3 s")
        #expect(record.disconnectedWhileQuiet == 5)
    }

    @Test func quietLivesAreMerged() {
        var (merged, other) = (HeartbeatRecord(), HeartbeatRecord())
        merged.merge(other)
        #expect(merged.quietLives == nil)
        other.noteQuietEnd(after: 5)
        merged.merge(other)
        merged.merge(other)
        #expect(merged.quietLives?.count == 2)
        #expect(merged.disconnectedWhileQuiet == 2)
    }
}
