import Record
import Testing
import Vocabulary

@Suite struct LatencyHistogramSinceTests {
    private let ms = Nanoseconds.perMillisecond

    @Test func isWhatWasAddedSince() {
        var histogram = LatencyHistogram()
        for span in [1, 5, 5, 900] { histogram.record(UInt64(span) * ms) }
        let earlier = histogram
        for span in [5, 20] { histogram.record(UInt64(span) * ms) }
        var added = LatencyHistogram()
        for span in [5, 20] { added.record(UInt64(span) * ms) }
        let since = histogram.since(earlier)
        #expect(since.count == 2)
        #expect(since.buckets.map(\.value) == added.buckets.map(\.value))
        #expect(histogram.since(histogram).isEmpty)
        #expect(histogram.since(LatencyHistogram()).count == 6)
        #expect(LatencyHistogram().since(histogram).isEmpty)
    }
}
