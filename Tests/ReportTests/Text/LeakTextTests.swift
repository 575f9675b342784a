import Record
import Testing
import Verdict
import Vocabulary

@testable import Report

@Suite struct LeakTextTests {
    @Test(arguments: [
        (Stage?.some(.headersReceived), Manner?.some(.rst), String?.some("headers-received by rst")),
        (.some(.connected), nil, "connected"), (nil, .some(.fin), "any stage by fin"), (nil, nil, nil),
    ])
    func originsNameWhatIsKnown(stage: Stage?, manner: Manner?, expected: String?) {
        #expect(LeakText.origin(Fixture.leak("x", stage, manner, .permanent, leaked: 1)) == expected)
    }

    @Test func ratesCarryTheirInterval() {
        var leak = Fixture.leak("x", nil, nil, .permanent, leaked: 171)
        leak.low = 32.84
        leak.high = 44.2
        #expect(LeakText.rate(leak, .count) == "38.2 (32.8 – 44.2)")
        leak.high = nil
        #expect(LeakText.rate(leak, .bytes) == "38 B")
        leak.per1000Drops = nil
        #expect(LeakText.rate(leak, .count) == nil)
    }

    @Test func gaugesInASentence() {
        let gauges = Fixture.leakyRecord().gauges
        #expect(
            LeakText.sentence(gauges[1])
                == "Baseline 1, peak 2,102, above the baseline: 64 after the settle time, 0 after the inactivity timeout."
        )
        #expect(LeakText.sentence(gauges[3]) == "It could not be read.")
    }
}
