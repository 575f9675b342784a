import Testing

@testable import Verdict

@Suite struct MannKendallTests {
    @Test(
        arguments: [
            ([1, 2, 3, 4, 5], 10, 50.0 / 3), ([5, 4, 3, 2, 1], -10, 50.0 / 3), ([1, 3, 2, 4], 4, 26.0 / 3),
            ([7, 7, 7], 0, 0), ([1, 2, 2, 3], 5, 23.0 / 3), ([1], 0, 0), ([], 0, 0),
        ] as [([Double], Int, Double)]
    )
    func scoreAndVarianceAreThoseOfTheFormula(values: [Double], score: Int, variance: Double) {
        let test = MannKendall(values)
        #expect(test.score == score)
        #expect(abs(test.variance - variance) < 1e-12)
    }

    @Test func zIsTheScoreInDeviationsLessItsStep() {
        #expect(abs(MannKendall([1, 2, 3, 4, 5]).z() - 2.204_540_768_5) < 1e-9)
        #expect(abs(MannKendall([5, 4, 3, 2, 1]).z() + 2.204_540_768_5) < 1e-9)
        #expect(abs(MannKendall([1, 2, 3, 4, 5]).z(inflation: 4) - 1.102_270_384_3) < 1e-9)
        #expect(MannKendall([3, 3, 3, 3]).z() == 0)
        #expect(MannKendall([1, 2, 1]).z() == 0)
    }
}
