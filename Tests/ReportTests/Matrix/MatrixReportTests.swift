import FoundationEssentials
import Record
import Testing
import Verdict
import Vocabulary

@testable import Report

/// A drop matrix in each form of the report.
@Suite struct MatrixReportTests {
    @Test func theTerminalShowsStagesAndManners() {
        let text = TerminalReport(Fixture.matrix(), width: 80, color: false).render()
        let lines = text.split(separator: "\n")
        #expect(lines.contains("  state.clients    fin  half-close"))
        #expect(lines.contains("  connecting         ·           –"))
        #expect(lines.contains("  request-sent   1,000         500"))
        #expect(lines.contains("  permanent: request-sent (fin, half-close)"))
        #expect(lines.contains("  clean: state.timers"))
        #expect(lines.contains("  12 of 20 cycles were made."))
    }

    @Test func thePageHasAHeatMapWithNumbers() {
        let page = HTMLReport(Fixture.matrix()).render()
        #expect(MarkupChecker(page).problem == nil)
        #expect(page.contains("id=\"matrix\""))
        #expect(page.contains("class=\"n heat h6\"><span title=\"request-sent, fin: 1,000 per 1,000 drops"))
        #expect(page.contains(">1,000<br><small>permanent</small>"))
        #expect(page.contains("Clean: state.timers"))
        #expect(!HTMLReport(Fixture.leaky()).render().contains("id=\"matrix\""))
    }

    @Test func theDocumentKeepsTheMatrix() throws {
        let document = Fixture.matrix()
        let json = try document.json()
        #expect(try ReportDocument(json: json) == document)
        let object = try JSONDecoder().decode([String: JSONValue].self, from: Data(json))
        #expect(object["matrix"] != nil)
        let clients = try #require(document.matrix?.gauges.first)
        #expect(clients.gauge == "clients")
        #expect(clients.noise == 0)
        #expect(clients.cells.map(\.per1000Drops) == [0, 1_000, 500])
        #expect(clients.cells.map(\.class) == [.none, .permanent, .permanent])
        #expect(document.verdict == .fail)
    }

    @Test func figuresThatAreNotFiniteAreAbsent() throws {
        var record = Fixture.matrix().record
        record.matrix?.cycles[0].changes["state.clients"] = .nan
        record.matrix?.cycles[1].changes["state.clients"] = .infinity
        let document = ReportDocument(record: record, judgement: Judgement(leaks: [], findings: [], thresholds: []))
        _ = try document.json()
        #expect(document.matrix?.gauges.first?.cells.map(\.cycles) == [2, 2, 3])
    }
}
