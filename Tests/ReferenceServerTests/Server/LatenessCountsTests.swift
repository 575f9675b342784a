import Testing
import Vocabulary

@testable import ReferenceServer

@Suite struct LatenessCountsTests {
    @Test func stepsHoldAllThatWereAtMostSoLate() {
        let counts = LatenessCounts()
        for microseconds in [0, 1_000, 1_001, 4_999, 9_000, 50_001] as [Nanoseconds] {
            counts.add(microseconds * 1_000)
        }
        #expect(counts.cumulative.map(\.bound) == ["0.001", "0.002", "0.005", "0.01", "0.05", "+Inf"])
        #expect(counts.cumulative.map(\.count) == [2, 3, 4, 5, 5, 6])
    }
}
