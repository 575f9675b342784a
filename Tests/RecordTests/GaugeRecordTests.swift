import Record
import Testing
import Vocabulary

@Suite struct GaugeRecordTests {
    @Test func residualOfARungThatWasNotReadIsAbsent() {
        var gauge = GaugeRecord(probe: "state", gauge: "clients", unit: .count)
        gauge.residuals = [.init(rung: .loadEnd, value: 7), .init(rung: .settle, value: 0)]
        #expect(gauge.residual(at: .loadEnd) == 7)
        #expect(gauge.residual(at: .settle) == 0)
        #expect(gauge.residual(at: .inactivity) == nil)
        #expect(gauge.residual(at: .publish) == nil)
    }

    @Test func seriesNameTellsProbesApart() {
        #expect(GaugeRecord(probe: "state", gauge: "clients", unit: .count).seriesName == "state.clients")
    }
}
