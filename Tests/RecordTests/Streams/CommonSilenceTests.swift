import Record
import Testing

@Suite struct CommonSilenceTests {
    private func silence(_ start: Double, _ end: Double, streams: UInt64 = 5, resumed: UInt64 = 5) -> CommonSilence {
        var silence = CommonSilence(start: start, end: end)
        (silence.streams, silence.resumed, silence.watched) = (streams, resumed, streams)
        return silence
    }

    @Test func thoseOfTwoWorkersAreOne() {
        let all = CommonSilence.merged([silence(6.1, 8.7)], [silence(6.2, 8.8), silence(20, 21)])
        #expect(all.map(\.streams) == [10, 5])
        #expect((all[0].start, all[0].end, all[0].firstStart) == (6.2, 8.7, 6.1))
    }

    @Test func streamsThatEndInSilenceDoNotEndIt() {
        let ended = silence(10, 15, resumed: 0)
        for (left, right) in [(ended, silence(10, 20)), (silence(10, 20), ended)] {
            #expect(CommonSilence.merged([left], [right]).map(\.end) == [20])
        }
    }

    @Test func thoseOfTheFewestStreamsAreLeftOut() {
        let many = (0..<100).map { silence(Double($0), Double($0) + 0.5, streams: UInt64($0 + 1)) }
        let kept = CommonSilence.merged(many, [])
        #expect(kept.count == CommonSilence.limit)
        #expect(kept.map(\.start) == (36..<100).map(Double.init))
    }

    @Test func slowReadersLeaveOneByOne() {
        var (left, right) = (SlowReaderRecord(), SlowReaderRecord())
        for time in 0..<100 { left.noteLeft(at: Double(time)) }
        right.noteLeft(at: 50.5)
        left.merge(right)
        #expect(left.left?.count == SlowReaderRecord.leftLimit)
        #expect(left.left?.contains(50.5) == true)
        #expect(left.end == 99)
    }
}
