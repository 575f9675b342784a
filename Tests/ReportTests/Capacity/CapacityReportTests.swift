import FoundationEssentials
import Record
import Testing
import Verdict
import Vocabulary

@testable import Report

/// A climb in each form of the report.
@Suite struct CapacityReportTests {
    @Test func theTerminalShowsTheLevelsAtAGlance() {
        let lines = TerminalReport(Fixture.climb(), width: 80, color: false).render().split(separator: "\n")
        #expect(lines[0].hasPrefix("PASS  Holds 1,000 streams; breaks at 1,500: connect.p99 < 500ms was 812 ms."))
        #expect(lines.contains("  streams  result  arrivals/s  connect p99  event p99  errors"))
        #expect(lines.contains("  1,000      held         200      3.00 ms    12.0 ms       0"))
        #expect(lines.contains("  1,500     broke         200       812 ms    12.0 ms       7"))
    }

    @Test func aTerminalShowsTheLastLevelsOfMany() {
        var record = Fixture.climb().record
        record.capacity?.levels = (1...50).map { CapacityLevel(streams: $0, measures: []) }
        let document = ReportDocument(record: record, judgement: Judgement(leaks: [], findings: [], thresholds: []))
        let text = TerminalReport(document, width: 80, color: false).render()
        #expect(text.contains("and \(50 - ReportLimits.levels) lower levels that held"))
        #expect(text.contains("\n  50"))
    }

    @Test func thePageHasTableAndPlot() {
        let page = HTMLReport(Fixture.climb()).render()
        #expect(MarkupChecker(page).problem == nil)
        #expect(page.contains("id=\"capacity\""))
        #expect(page.contains("plot-capacity"))
        #expect(page.contains("class=\"ok\">held"))
        #expect(page.contains("class=\"no\">broke"))
        #expect(!HTMLReport(Fixture.leaky()).render().contains("id=\"capacity\""))
    }

    @Test func theDocumentKeepsTheClimb() throws {
        let document = Fixture.climb()
        let json = try document.json()
        #expect(try ReportDocument(json: json) == document)
        let object = try JSONDecoder().decode([String: JSONValue].self, from: Data(json))
        #expect(object["capacity"] != nil)
        #expect(document.capacity?.held?.streams == 1_000)
        #expect(document.capacity?.ceiling == .threshold)
        let other = try JSONDecoder().decode([String: JSONValue].self, from: Data(Fixture.leaky().json()))
        #expect(other["capacity"] == nil)
    }

    @Test func figuresThatAreNotFiniteAreAbsent() throws {
        var record = Fixture.climb().record
        record.capacity?.levels[0].measures[0].value = .nan
        record.capacity?.levels[0].arrivals = .infinity
        let document = ReportDocument(record: record, judgement: Judgement(leaks: [], findings: [], thresholds: []))
        #expect(document.capacity?.levels[0].measures[0].value == nil)
        #expect(document.capacity?.levels[0].arrivals == 0)
        _ = try document.json()
    }
}
