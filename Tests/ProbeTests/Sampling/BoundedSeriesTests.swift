import Testing

@testable import Probe

struct BoundedSeriesTests {
    private func series(_ count: Int, _ value: (Int) -> Double = { Double($0) }) -> BoundedSeries {
        var series = BoundedSeries()
        for index in 0..<count { series.append(time: Double(index), value: value(index)) }
        return series
    }

    @Test func keepsEverySampleUpToTheLimit() {
        let series = series(BoundedSeries.pointLimit)
        #expect(series.points.count == BoundedSeries.pointLimit)
        #expect(series.samplesPerPoint == 1)
        #expect(series.points.map(\.maximum) == (0..<BoundedSeries.pointLimit).map(Double.init))
    }

    @Test func mergesNeighboursPastTheLimit() {
        let limit = BoundedSeries.pointLimit
        let series = series(limit + 3)
        #expect(series.samplesPerPoint == 2)
        #expect(series.points.count == limit / 2 + 2)
        #expect(series.points[0] == point(start: 0, end: 1, minimum: 0, maximum: 1, last: 1))
        let next = Double(limit)
        #expect(
            series.points[limit / 2]
                == point(start: next, end: next + 1, minimum: next, maximum: next + 1, last: next + 1)
        )
        #expect(series.points[limit / 2 + 1].start == next + 2)
    }

    private func point(start: Double, end: Double, minimum: Double, maximum: Double, last: Double)
        -> BoundedSeries.Point
    {
        var point = BoundedSeries.Point(time: start, value: minimum)
        var next = BoundedSeries.Point(time: end, value: maximum)
        next.last = last
        point.append(next)
        return point
    }

    @Test func staysBoundedAndEven() {
        let series = series(100_000) { $0 == 77_777 ? 1e9 : $0 == 5_555 ? -1e9 : 5 }
        #expect(series.points.count <= BoundedSeries.pointLimit)
        #expect(series.samplesPerPoint == 32)
        #expect(series.points.dropLast().allSatisfy { $0.end - $0.start == 31 })
        #expect(series.points.map(\.maximum).max() == 1e9)
        #expect(series.points.map(\.minimum).min() == -1e9)
        #expect(zip(series.points, series.points.dropFirst()).allSatisfy { $0.end + 1 == $1.start })
    }

    @Test func summarisesAWindow() {
        let series = series(100) { [3, 9, 1, 5][$0 % 4] }
        let summary = series.summary(from: 41, to: 42)
        #expect(summary?.maximum == 9)
        #expect(summary?.minimum == 1)
        #expect(summary?.last == 1)
        #expect(series.summary(from: 40, to: 40)?.maximum == 3)
        #expect(series.summary(from: 99, to: .infinity)?.last == 5)
        #expect(series.summary(from: 100, to: 200) == nil)
        #expect(series.summary(from: 40.1, to: 40.9) == nil)
        #expect(BoundedSeries().summary(from: 0, to: 1) == nil)
    }

    @Test func isExactAboutTheLatestSamples() {
        let count = 4 * BoundedSeries.pointLimit + 7
        let series = series(count)
        #expect(series.samplesPerPoint > 1)
        let start = Double(count - BoundedSeries.recentLimit)
        let summary = series.summary(from: start, to: start + 4)
        #expect(summary?.minimum == start)
        #expect(summary?.maximum == start + 4)
    }

    @Test func takesMergedPointsAsAWhole() {
        let series = series(2 * BoundedSeries.pointLimit)
        #expect(series.samplesPerPoint == 2)
        let summary = series.summary(from: 11, to: 12)
        #expect(summary?.minimum == 10)
        #expect(summary?.maximum == 13)
    }
}
