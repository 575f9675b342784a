import Record
import Report
import Testing
import Verdict

@Suite struct CSVReportTests {
    @Test func everyPointIsALine() {
        let document = Fixture.leaky()
        let lines = CSVReport(document).render().split(separator: "\r\n")
        #expect(lines.first == "series,unit,seconds,value")
        #expect(lines.count == 1 + document.series.values.reduce(0) { $0 + $1.t.count })
        #expect(lines.contains { $0.hasPrefix("state.clients,count,") })
    }

    @Test func aNameIsOneFieldAndNoFormula() {
        var record = RunRecord(profile: "names", seed: 1, started: 0)
        for name in ["=1+1", "a,\"b\""] {
            record.series[name] = Series(unit: "count")
            record.series[name]?.append(0.5, 2)
        }
        let document = ReportDocument(record: record, judgement: Judgement(leaks: [], findings: [], thresholds: []))
        #expect(
            CSVReport(document).render()
                == "series,unit,seconds,value\r\n'=1+1,count,0.5,2.0\r\n\"a,\"\"b\"\"\",count,0.5,2.0\r\n"
        )
    }
}
