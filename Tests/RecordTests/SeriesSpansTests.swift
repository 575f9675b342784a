import Record
import Testing

@Suite struct SeriesSpansTests {
    private func series(_ points: [(Double, Double)]) -> Series {
        var series = Series(unit: "count")
        series.t = points.map(\.0)
        series.v = points.map(\.1)
        return series
    }

    @Test func theFallIsTheFirstPointAfterTheLastOneAbove() {
        let gauge = series([(0, 9), (1, 9), (2, 3), (3, 9), (4, 3), (5, 2), (6, 9)])
        #expect(gauge.fall(to: 3, from: 0, until: 5) == 4)
        #expect(gauge.fall(to: 2, from: 0, until: 5) == 5)
        #expect(gauge.fall(to: 3, from: 0, until: 6) == nil, "it is above at the end")
        #expect(gauge.fall(to: 3, from: 4, until: 5) == nil, "it never was above")
        #expect(gauge.fall(to: 3, from: 7, until: 9) == nil)
    }

    @Test func theIntegralCountsWhatLiesWithinTheSpan() {
        let rate = series([(0, 100), (1, 10), (3, 20), (4, 0)])
        #expect(rate.integral(from: 0, to: 4) == 50)
        #expect(rate.integral(from: 0.5, to: 2) == 25)
        #expect(rate.integral(from: 5, to: 9) == 0)
        #expect(series([]).integral(from: 0, to: 1) == 0)
        #expect(series([(1, 5)]).integral(from: 0, to: 2) == 0)
    }
}
