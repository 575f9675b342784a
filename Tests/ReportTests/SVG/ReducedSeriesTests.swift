import Testing

@testable import Report

@Suite struct ReducedSeriesTests {
    @Test func keepsExtremesAndEnds() {
        var points = (0..<10_000).map { (t: Double($0), v: Double($0 % 7)) }
        points[4_321].v = 900
        points[7_654].v = -900
        let reduced = ReducedSeries.reduce(points, limit: 600)
        #expect(reduced.count <= 600)
        #expect(reduced.count > 500)
        #expect(reduced.contains { $0.t == 4_321 && $0.v == 900 })
        #expect(reduced.contains { $0.t == 7_654 && $0.v == -900 })
        #expect(reduced.first?.t == 0)
        #expect(reduced.last?.t == 9_999)
        #expect(zip(reduced, reduced.dropFirst()).allSatisfy { $0.t < $1.t })
    }

    @Test func leavesShortSeriesAlone() {
        let points = (0..<600).map { (t: Double($0), v: 1.0) }
        #expect(ReducedSeries.reduce(points, limit: 600).count == 600)
        #expect(ReducedSeries.reduce([], limit: 4).isEmpty)
    }

    @Test(arguments: [4, 5, 7, 600]) func neverExceedsItsLimit(limit: Int) {
        let points = (0..<1_003).map { (t: Double($0), v: Double($0 * 31 % 17)) }
        #expect(ReducedSeries.reduce(points, limit: limit).count <= limit)
    }
}
