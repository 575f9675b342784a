import Record
import Testing

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
}
