import Testing

@testable import Verdict

@Suite struct AutocorrelationTests {
    @Test func neighboursThatTurnAroundCorrelateNegatively() {
        let turning = Autocorrelation((0..<40).map { $0.isMultiple(of: 2) ? 1 : -1 })
        #expect(turning.ofNeighbours < -0.9)
        #expect(!turning.isSignificant)
        #expect(turning.inflation == 1)
    }

    @Test func independentValuesInflateNothing() {
        var noise = Noise(seed: 3)
        let white = Autocorrelation((0..<400).map { _ in noise.normal() })
        #expect(abs(white.ofNeighbours) < 0.1)
        #expect(white.inflation < 1.3)
    }

    /// In the limit the factor is (1 + r) / (1 − r).
    @Test func dependentValuesInflateByWhatTheirCorrelationSays() {
        var noise = Noise(seed: 4)
        let values = Autocorrelation(noise.dependent(4_000, by: 0.9))
        #expect(abs(values.ofNeighbours - 0.9) < 0.03)
        let limit = (1 + values.ofNeighbours) / (1 - values.ofNeighbours)
        #expect(abs(values.inflation / limit - 1) < 0.01)
    }

    @Test(arguments: [[], [1], [4, 4, 4]])
    func valuesThatDoNotVaryHaveNone(values: [Double]) {
        #expect(Autocorrelation(values).ofNeighbours == 0)
        #expect(Autocorrelation(values).inflation == 1)
    }
}
