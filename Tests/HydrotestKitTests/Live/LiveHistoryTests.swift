import Testing

@testable import HydrotestKit

@Suite struct LiveHistoryTests {
    @Test func ratesAreThoseSinceTheMomentBefore() {
        var history = LiveHistory()
        history.append(MadeSnapshot.moment(1, counts: MadeSnapshot.counts(started: 100, events: 7)))
        #expect(history.rates == LiveHistory.Rates())
        history.append(
            MadeSnapshot.moment(3, counts: MadeSnapshot.counts(started: 300, failed: 4, dropped: 1, events: 7))
        )
        #expect(history.rates == LiveHistory.Rates(arrivals: 100, events: 0, drops: 0.5, failures: 2))
    }

    @Test func thePointsCoverTheWholeRunAndKeepItsPeak() {
        var history = LiveHistory()
        for moment in 0..<1_000 {
            history.append(MadeSnapshot.moment(Double(moment), open: moment == 17 ? 5_000 : moment))
        }
        let points = history.points("streams").compactMap(\.self)
        #expect(points.count <= LiveHistory.points)
        #expect(points.count > LiveHistory.points / 2)
        #expect(points.first == 5_000)
        #expect(points.last == 999)
    }

    @Test func aGaugeThatComesLaterHasGapsBefore() {
        var history = LiveHistory()
        history.append(MadeSnapshot.moment(0))
        history.append(MadeSnapshot.moment(1))
        history.append(MadeSnapshot.moment(2, gauges: MadeSnapshot.gauges))
        #expect(history.points("state.clients") == [nil, nil, 1_234])
        #expect(history.points("process.fds") == [nil, nil, nil])
        #expect(history.points("streams").count == 3)
    }
}
