import Record
import Testing
import Vocabulary

@testable import Comparison

@Suite struct EstimateTests {
    /// 100: 82.2 to 121.6 (the score interval; exact by chi-square: 81.4 to 121.6).
    @Test func aCountHasAPoissonInterval() throws {
        let estimate = Estimate.count(100)
        #expect(abs(try #require(estimate.low) - 82.22) < 0.01)
        #expect(abs(try #require(estimate.high) - 121.62) < 0.01)
        let none = Estimate.count(0)
        #expect(none.low == 0)
        #expect(abs(try #require(none.high) - 3.84) < 0.01)
    }

    @Test func aShareOfNothingIsNone() throws {
        #expect(Estimate.share(0, of: 0) == nil)
        let share = try #require(Estimate.share(10, of: 1_000, scale: 1_000))
        #expect(share.value == 10)
        #expect(try #require(share.low) < 10 && #require(share.high) > 10)
    }

    /// Of 1,000 spans from 1 to 1,000 ms, the median lies with 95% probability between those of the ranks 469 and 532.
    @Test func aPercentileLiesBetweenItsOrderStatistics() throws {
        var histogram = LatencyHistogram()
        for span in 1...1_000 { histogram.record(Nanoseconds(span) * .perMillisecond) }
        let median = try #require(Estimate.percentile(50, of: histogram))
        #expect(abs(median.value / 1e6 - 500) < 1)
        #expect(abs(try #require(median.low) / 1e6 - 469) < 1)
        #expect(abs(try #require(median.high) / 1e6 - 532) < 1)
    }

    @Test func tooFewSpansBeyondAPercentileLeaveItOpen() throws {
        var histogram = LatencyHistogram()
        for span in 1...1_000 { histogram.record(Nanoseconds(span) * .perMillisecond) }
        let high = try #require(Estimate.percentile(99.9, of: histogram))
        #expect(high.low != nil)
        #expect(high.high == nil)
        #expect(Estimate.percentile(50, of: LatencyHistogram()) == nil)
    }

    /// The interval holds the true median in about 95 of 100 made-up runs; in fewer than 90 it would be wrong.
    @Test func theIntervalHoldsTheTruthAsOftenAsItSays() throws {
        var random = SplitMix64(seed: 7)
        var held = 0
        for _ in 0..<400 {
            var histogram = LatencyHistogram()
            for _ in 0..<200 { histogram.record(1_000_000 + random.next() % 9_000_000) }
            let estimate = try #require(Estimate.percentile(50, of: histogram))
            if try #require(estimate.low) <= 5_500_000, try #require(estimate.high) >= 5_500_000 { held += 1 }
        }
        #expect((360...400).contains(held), "\(held) of 400")
    }
}
