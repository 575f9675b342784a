import Testing

@testable import Verdict

@Suite struct TheilSenTests {
    @Test func aLineIsFound() {
        let line = TheilSen(times: [0, 1, 3, 7], values: [5, 7, 11, 19])
        #expect(line.slope == 2)
        #expect(line.interval(deviation: 3) == (2, 2))
    }

    @Test func outliersHardlyMoveIt() {
        var values = (0..<20).map { Double($0) }
        (values[3], values[11], values[17]) = (900, -700, 400)
        let slope = TheilSen(times: (0..<20).map { Double($0) }, values: values).slope
        #expect(abs(slope - 1) < 0.05)
    }

    /// Slopes 1, 3/2, 2, 2, 5/2, 3 between four points: two of six lie outside where the score may be off by 2.
    @Test func theIntervalLeavesOutAsManySlopesAsTheScoreMayBeOff() {
        let line = TheilSen(times: [0, 1, 2, 3], values: [0, 1, 3, 6])
        #expect(line.slope == 2)
        #expect(line.interval(deviation: 2) == (1.5, 2.5))
        #expect(line.interval(deviation: 4) == (1, 3))
        #expect(line.interval(deviation: 100) == (1, 3))
    }

    @Test func fewerThanTwoPointsHaveNone() {
        let line = TheilSen(times: [1], values: [1])
        #expect(line.slope == 0)
        #expect(line.interval(deviation: 1) == (0, 0))
    }
}
