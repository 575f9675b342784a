import Record
import Testing
import Vocabulary

@Suite struct SpanClusterTests {
    private func histogram(_ spans: [Nanoseconds]) -> LatencyHistogram {
        spans.reduce(into: LatencyHistogram()) { $0.record($1 * .perMillisecond) }
    }

    @Test func theDensestWindowIsFoundAmongOthers() throws {
        let spans = histogram([100, 900, 2_000, 2_010, 2_020, 2_030, 2_090, 3_000])
        let cluster = try #require(spans.densest(spread: 0.05, share: 0.6, fewest: 3))
        #expect(cluster.count == 5)
        #expect((1_999...2_001).contains(cluster.low / .perMillisecond))
        #expect((2_019...2_021).contains(cluster.typical / .perMillisecond))
        #expect((2_089...2_091).contains(cluster.high / .perMillisecond))
    }

    @Test(arguments: [(0.7, 3 as UInt64), (0.1, 6)])
    func itMustHoldEnough(share: Double, fewest: UInt64) {
        let spans = histogram([100, 900, 2_000, 2_010, 2_020, 2_030, 2_090, 3_000])
        #expect(spans.densest(spread: 0.05, share: share, fewest: fewest) == nil)
    }

    @Test func nothingHasNone() {
        #expect(LatencyHistogram().densest(spread: 0.05, share: 0, fewest: 0) == nil)
        #expect(LatencyHistogram().count(above: 0) == 0)
    }

    @Test func longerOnesAreCounted() {
        let spans = histogram([1_000, 2_000, 3_000])
        #expect(spans.count(above: 2_500 * .perMillisecond) == 1)
        #expect(spans.count(above: 500 * .perMillisecond) == 3)
        #expect(spans.count(above: 4_000 * .perMillisecond) == 0)
    }
}
