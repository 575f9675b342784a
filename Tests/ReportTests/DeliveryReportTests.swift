import FoundationEssentials
import Record
import Testing
import Verdict
import Vocabulary

@testable import Report

/// What became of published messages, in each form of the report.
@Suite struct DeliveryReportTests {
    private func document() -> ReportDocument {
        var delivery = DeliveryRecord(publisher: "news<b>")
        delivery.counts.streams = 200
        delivery.counts.received = 19_963
        delivery.counts.lost = 37
        delivery.counts.duplicated = 23
        delivery.latency.record(12 * Fixture.ms, count: 19_963)
        var part = delivery
        var publishing = PublishingCounts()
        publishing.scheduled = 101
        publishing.accepted = 100
        publishing.errors = ["HTTP_503": 1]
        publishing.answer.record(3 * Fixture.ms)
        publishing.spread.record(40 * Fixture.ms)
        delivery.publishing = publishing
        part.publishing = nil
        var record = Fixture.leakyRecord()
        record.load.deliveries = [delivery]
        var load = LoadRecord()
        load.deliveries = [part]
        record.load.scenarios = [ScenarioRecord(name: "listeners", load: load)]
        return ReportDocument(record: record, judgement: Fixture.leakyJudgement)
    }

    @Test func theTerminalSaysItInALine() {
        let text = TerminalReport(document(), width: 200, color: false).render()
        #expect(text.contains("Delivery\n  news<b>: 100 of 101 published; 19,963 received on 200 streams; 37 lost; "))
        #expect(text.contains("23 duplicated; 0 out of order; 1 not taken; delivery p50 12.0 ms, p99 12.0 ms"))
        #expect(!TerminalReport(Fixture.leaky(), width: 80, color: false).render().contains("Delivery"))
    }

    @Test func thePageHasTablesAndPlot() {
        let page = HTMLReport(document()).render()
        #expect(MarkupChecker(page).problem == nil)
        #expect(page.contains("id=\"delivery\""))
        #expect(page.contains("plot-delivery"))
        #expect(page.contains("news&lt;b&gt;"))
        #expect(page.contains("… listeners"))
        #expect(!HTMLReport(Fixture.leaky()).render().contains("id=\"delivery\""))
    }

    @Test func theDocumentHasTheFigures() throws {
        let document = document()
        let json = try document.json()
        #expect(try ReportDocument(json: json) == document)
        let delivery = try #require(document.delivery?.first)
        #expect(delivery.owed == 20_000)
        #expect(delivery.failed == 1)
        #expect(delivery.spread?.p99 == 40 * Fixture.ms)
        #expect(delivery.scenarios.map(\.scenario) == ["listeners"])
        let other = try JSONDecoder().decode([String: JSONValue].self, from: Data(Fixture.leaky().json()))
        #expect(other["delivery"] == nil)
    }
}
