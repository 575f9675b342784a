import FoundationEssentials
import Record
import Testing
import Verdict
import Vocabulary

@testable import Report

/// The search for a race in each form of the report.
@Suite struct RaceReportTests {
    @Test func theTerminalPlotsTheShares() {
        let text = TerminalReport(Fixture.race(), width: 80, color: false).render()
        #expect(text.contains("Leaks over the delay after request-sent (fin)"))
        #expect(text.contains("state.clients: 95.0% of drops leak from"))
        let bars = text.split(separator: "\n").filter { $0.contains("███") }
        #expect((4...8).contains(bars.count))
        #expect(text.contains("Again: hydrotest race race.yaml --stage request-sent"))
    }

    @Test func thePageMarksTheWindow() {
        let page = HTMLReport(Fixture.race()).render()
        #expect(MarkupChecker(page).problem == nil)
        #expect(page.contains("id=\"plot-race-t\""))
        #expect(page.contains("<title>the window</title>"))
        #expect(page.contains("Lower end"))
        #expect(page.contains("<code>hydrotest race race.yaml --stage request-sent</code>"))
        #expect(!HTMLReport(Fixture.leaky()).render().contains("id=\"race\""))
    }

    @Test func theDocumentKeepsTheWindow() throws {
        let document = Fixture.race()
        #expect(try ReportDocument(json: document.json()) == document)
        let window = try #require(document.race?.window)
        let (low, high) = (try #require(window.low), try #require(window.high))
        #expect((90 * .perMicrosecond...105 * .perMicrosecond).contains(low.delay))
        #expect((295 * .perMicrosecond...310 * .perMicrosecond).contains(high.delay))
        #expect(low.from <= low.delay && low.delay <= low.to)
        #expect(window.isKnown)
        #expect(document.race?.drops == 2_360)
    }

    @Test func withoutALeakThereIsNoPlot() {
        var record = Fixture.race().record
        record.race?.stage = nil
        let document = ReportDocument(record: record, judgement: Judge(thresholds: []).judge(record))
        #expect(document.race?.window == nil)
        #expect(HTMLReport(document).render().contains("No delay leaked."))
        #expect(!TerminalReport(document, width: 80, color: false).render().contains("Leaks over the delay"))
    }
}
