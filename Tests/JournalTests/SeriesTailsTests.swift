import Record
import Testing

@testable import Journal

@Suite struct SeriesTailsTests {
    private func series(_ t: [Double], _ v: [Double]) -> [String: Series] {
        var series = Series(unit: "count")
        series.t = t
        series.v = v
        return ["a": series]
    }

    private func tail(_ held: [String: Series], _ now: [String: Series]) -> (t: [Double]?, isReplaced: Bool) {
        var tails = SeriesTails()
        tails.note(held)
        let result = tails.tails(of: now)
        return (result.series["a"]?.t, result.replaced == ["a"])
    }

    @Test func onlyNewPointsAreTold() {
        let result = tail(series([0, 1], [5, 6]), series([0, 1, 2, 3], [5, 6, 7, 8]))
        #expect(result.t == [2, 3] && !result.isReplaced)
    }

    @Test func nothingNewIsNothingTold() {
        #expect(tail(series([0, 1], [5, 6]), series([0, 1], [5, 6])).t == nil)
    }

    @Test func aMendedPointIsToldAgain() {
        let result = tail(series([0, 1], [5, 6]), series([0, 1, 2], [5, 9, 7]))
        #expect(result.t == [1, 2] && !result.isReplaced)
    }

    @Test func aThinnedSeriesIsToldWhole() {
        let result = tail(series([0, 1, 2, 3], [5, 6, 7, 8]), series([1, 3], [5.5, 7.5]))
        #expect(result.t == [1, 3] && result.isReplaced)
    }

    @Test func afterAResetEverythingIsTold() {
        var tails = SeriesTails()
        tails.note(series([0, 1], [5, 6]))
        tails.reset()
        #expect(tails.tails(of: series([0, 1], [5, 6])).replaced == ["a"])
    }
}
