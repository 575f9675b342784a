import Record
import Testing
import Vocabulary

@Suite struct StreamRecordTests {
    @Test func whatWasNotLookedForStaysAbsent() {
        var load = LoadRecord()
        load.merge(LoadRecord())
        #expect(load.streams == nil)
        #expect(load.slowReaders == nil)
        #expect(load.slowNeighbours == nil)
        #expect(load.serverClock == nil)
        var streams = StreamRecord()
        streams.merge(StreamRecord())
        #expect(streams.unmarked == nil)
        #expect(streams.tokens == nil)
    }

    @Test func streamsAddUp() {
        var (left, right) = (LoadRecord(), LoadRecord())
        var streams = StreamRecord()
        streams.marked = 2
        streams.unmarked = 1
        streams.cancelled = 3
        streams.gap.record(5)
        streams.events.record(7)
        streams.tokens = NumberHistogram()
        streams.tokens?.record(6)
        right.streams = streams
        left.merge(right)
        left.merge(right)
        #expect(left.streams?.marked == 4)
        #expect(left.streams?.unmarked == 2)
        #expect(left.streams?.cancelled == 6)
        #expect(left.streams?.gap.count == 2)
        #expect(left.streams?.tokens?.count == 2)
    }

    @Test func slowReadersSpanAllOfTheirTimes() {
        var (left, right) = (SlowReaderRecord(), SlowReaderRecord())
        (left.streams, left.start, left.end) = (2, 3, 5)
        (right.streams, right.ended, right.start, right.end) = (1, 1, 1, 4)
        left.merge(right)
        left.merge(SlowReaderRecord())
        #expect(left.streams == 3)
        #expect(left.ended == 1)
        #expect(left.start == 1)
        #expect(left.end == 5)
    }
}
