import Testing
import Verdict

@Suite struct RateIntervalTests {
    // Known values of the Wilson score interval at 95%.
    @Test(arguments: [
        (5.0, 100 as UInt64, 0.02154, 0.11175),
        (0, 10, 0, 0.27753),
        (10, 10, 0.72247, 1),
        (50, 100, 0.40383, 0.59617),
    ])
    func proportionsGetWilsonsInterval(leaked: Double, drops: UInt64, low: Double, high: Double) throws {
        let interval = try #require(RateInterval(leaked: leaked, drops: drops))
        #expect(abs(interval.low - low) < 0.00005)
        #expect(abs(interval.high - high) < 0.00005)
    }

    @Test func countsPastOneADropGetPoissonsInterval() throws {
        let interval = try #require(RateInterval(leaked: 400, drops: 100))
        #expect(abs(interval.low - (4 - 0.2 * RateInterval.quantile)) < 1e-12)
        #expect(abs(interval.high - (4 + 0.2 * RateInterval.quantile)) < 1e-12)
        #expect(try #require(RateInterval(leaked: 2, drops: 1)).low == 0)
    }

    @Test func withoutDropsThereIsNoInterval() {
        #expect(RateInterval(leaked: 5, drops: 0) == nil)
        #expect(RateInterval(leaked: -1, drops: 10) == nil)
        #expect(RateInterval(leaked: .infinity, drops: 10) == nil)
    }
}
