import EventLoop
import Load
import Record
import Synchronization
import Testing
import Vocabulary

@testable import HydrotestKit

@Suite struct LoadSeriesTests {
    @Test func ratesComeFromDifferences() throws {
        let series = LoadSeries(startedAt: MonotonicClock.now())
        let progress = LoadProgress()
        series.begin()
        progress.attempted.add(10, ordering: .relaxed)
        progress.open.store(7, ordering: .relaxed)
        series.sample(progress)
        series.sample(progress)
        let arrivals = try #require(series.all["arrivals"])
        // The first point is the rest before the load.
        #expect(arrivals.t.count == 3)
        #expect(arrivals.v[0] == 0)
        #expect(arrivals.v[1] > 0)
        #expect(arrivals.v[2] == 0)
        #expect(series.all["streams"]?.v == [0, 7, 7])
        // The next load counts from zero again.
        series.begin()
        series.sample(LoadProgress())
        #expect(series.all["arrivals"]?.v.last == 0)
        #expect(Set(series.all.keys) == ["streams", "arrivals", "events", "drops", "failures"])
    }

    @Test func aFullSeriesIsThinnedAndKeepsItsSpanAndMean() throws {
        let series = LoadSeries(startedAt: MonotonicClock.now())
        let progress = LoadProgress()
        series.begin()
        for index in 2..<LoadSeries.mostPoints {
            progress.open.store(index, ordering: .relaxed)
            series.sample(progress)
        }
        #expect(series.period == LoadSeries.firstPeriod)
        #expect(series.all["streams"]?.t.count == LoadSeries.mostPoints - 1)
        progress.open.store(LoadSeries.mostPoints, ordering: .relaxed)
        series.sample(progress)
        #expect(series.period == 2 * LoadSeries.firstPeriod)
        for one in series.all.values {
            #expect(one.t.count == LoadSeries.mostPoints / 2)
            #expect(one.v.count == one.t.count)
            #expect(one.t == one.t.sorted())
        }
        let streams = try #require(series.all["streams"])
        #expect(Array(streams.v.prefix(3)) == [1, 3.5, 5.5])
        #expect(streams.v.last == Double(LoadSeries.mostPoints) - 0.5)
        for _ in 0..<LoadSeries.mostPoints * 3 { series.sample(progress) }
        #expect(try #require(series.all["streams"]).t.count < LoadSeries.mostPoints)
    }
}
