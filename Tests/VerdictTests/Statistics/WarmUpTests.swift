import Testing

@testable import Verdict

@Suite struct WarmUpTests {
    @Test func aStepAtTheBeginningIsCutOff() {
        var noise = Noise(seed: 5)
        let values = (0..<400).map { ($0 < 40 ? 0 : 50) + noise.normal() }
        #expect((40...60).contains(WarmUp.length(of: values)))
    }

    @Test func aTrendIsNoWarmUp() {
        var noise = Noise(seed: 6)
        let values = (0..<400).map { Double($0) + noise.normal() }
        #expect(WarmUp.length(of: values) <= 60)
        #expect(WarmUp.length(of: (0..<400).map { Double($0) }) == 0)
    }

    @Test func atMostAQuarterIsCutOff() {
        var noise = Noise(seed: 7)
        let values = (0..<400).map { $0 < 120 ? 1_000 * noise.normal() : 0 }
        #expect(WarmUp.length(of: values) == 100)
    }

    @Test(arguments: [0, 1, 4, 5, 9, 12])
    func fewSamplesAreKept(count: Int) {
        #expect(WarmUp.length(of: [Double](repeating: 1, count: count)) == 0)
    }

    @Test func valuesThatCannotBeSummedDoNotTrap() {
        #expect(WarmUp.length(of: [Double](repeating: 1e300, count: 50) + [-1e300, .infinity]) <= 15)
    }
}
