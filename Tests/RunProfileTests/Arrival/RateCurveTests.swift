import RunProfile
import Testing
import Vocabulary

@Suite struct RateCurveTests {
    /// 0 to 100/s in 10 s, 100/s for 5 s, down to 20/s in 4 s, a step to 50/s.
    private static let hill = RateCurve(
        start: 0,
        ramps: [
            RateRamp(to: 100, over: 10 * .perSecond), RateRamp(to: 100, over: 5 * .perSecond),
            RateRamp(to: 20, over: 4 * .perSecond), RateRamp(to: 50, over: 0),
        ]
    )

    @Test(arguments: [
        (0.0, 0.0), (5, 125), (10, 500), (12.5, 750), (15, 1_000), (17, 1_160), (19, 1_240), (21, 1_340),
    ])
    func theIntegralAndItsInverse(seconds: Double, due: Double) {
        #expect(abs(Self.hill.due(by: seconds) - due) < 1e-9)
        #expect(abs(Self.hill.moment(ofDue: due) - seconds) < 1e-9)
    }

    @Test func cornersAreWhereTheRateBends() {
        #expect(Self.hill.corners == [0, 10, 15, 19])
    }

    @Test func withoutRampsTheRateGoesOn() {
        #expect(RateCurve(start: 4).moment(ofDue: 10) == 2.5)
        #expect(RateCurve(start: 4).due(by: 2.5) == 10)
    }
}
