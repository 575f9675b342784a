import Record
import Testing
import Vocabulary
import Verdict

@testable import Report

@Suite struct FactTests {
    @Test func aLeakyRun() {
        let facts = Fact.first(of: Fixture.leaky())
        #expect(facts.map(\.figure) == ["3", "2,184", "12"])
        #expect(facts.map(\.tone) == [.bad, .warning, .bad])
        #expect(facts[0].details.first == "clients: 171 left by 4,480 drops at headers-received, never given back")
        #expect(facts[1].details.last == "3 failed (0.025%), mostly ECONNRESET")
    }

    @Test func whatWasNotMeasuredIsNoZero() {
        let facts = Fact.first(of: Fixture.empty())
        #expect(facts[0].figure == "–")
        #expect(facts[0].tone == .neutral)
        #expect(facts[2].figure == "–")
        #expect(facts[2].tone == .neutral)
    }

    @Test func gaugesThatCouldNotBeReadProveNothing() {
        var record = Fixture.leakyRecord()
        record.gauges = [GaugeRecord(probe: "state", gauge: "clients", unit: .count)]
        let document = ReportDocument(record: record, judgement: Judgement(leaks: [], findings: [], thresholds: []))
        #expect(Fact.first(of: document)[0].figure == "–")
    }
}
