import Foundation
import Record
import Report
import Testing
import Verdict
import Vocabulary

@Suite struct SlopeReportTests {
    /// A run of two minutes of constant load, in which a gauge grows.
    private func document(_ change: (inout RunRecord) -> Void = { _ in }) -> ReportDocument {
        var record = RunRecord(profile: "soak", seed: 1, started: 0)
        record.steady = SteadySpan(start: 0, end: 120)
        record.gauges = [GaugeRecord(probe: "state", gauge: "clients", unit: .count)]
        var (arrivals, clients) = (Series(unit: "1/s"), Series(unit: "count"))
        for second in 0...120 {
            arrivals.append(Double(second), 500)
            clients.append(Double(second), Double(second))
        }
        record.series = ["arrivals": arrivals, "state.clients": clients]
        change(&record)
        return ReportDocument(record: record, judgement: Judge(thresholds: []).judge(record))
    }

    @Test func trendsAreInTheDocumentAndItsJSON() throws {
        let document = document()
        #expect(document.slopes.map(\.seriesName) == ["state.clients"])
        let copy = try ReportDocument(json: document.json())
        #expect(copy == document)
        let json = try JSONDecoder().decode(JSONValue.self, from: Data(document.json()))
        let slope = try #require(json["slopes"]?.items?.first)
        #expect(slope["isGrowing"] == .bool(true))
        #expect(slope["perHour"]?.keys == ["high", "low", "value"])
        #expect(slope["per1000Connections"]?.keys == ["high", "low", "value"])
    }

    @Test func trendsAreATableOfThePage() {
        let page = HTMLReport(document()).render()
        #expect(page.contains("Trends under constant load"))
        #expect(page.contains("3600 (3600 – 3600)"))
        #expect(page.contains("2.00 (2.00 – 2.00)"))
        #expect(!HTMLReport(document { $0.steady = nil }).render().contains("Trends under constant load"))
    }

    @Test func theTimeOfAFallIsInTheTableAndTheSentence() {
        let page = HTMLReport(
            document {
                $0.gauges[0].baseline = 0
                $0.gauges[0].residuals = [.init(rung: .settle, value: 9), .init(rung: .inactivity, value: 0)]
                $0.gauges[0].fell = 3.2
            }
        ).render()
        #expect(page.contains("Fell after"))
        #expect(page.contains("back at its baseline 3.20 s after the load’s end"))
        #expect(!HTMLReport(document()).render().contains("Fell after"))
    }

    @Test func aClassThatMayBeWorseIsAtLeastThat() {
        let document = document {
            $0.interrupted = true
            $0.gauges[0].baseline = 0
            $0.gauges[0].residuals = [.init(rung: .settle, value: 9)]
        }
        #expect(HTMLReport(document).render().contains(">at least bounded</span>"))
    }
}
