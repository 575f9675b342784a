import FoundationEssentials
import Record
import Testing
import Verdict
import Vocabulary

@testable import Report

/// How closed streams came back, in each form of the report.
@Suite struct ReconnectReportTests {
    private func document(_ change: (inout ReconnectRecord) -> Void = { _ in }) -> ReportDocument {
        var reconnect = ReconnectRecord()
        reconnect.closed = [ReconnectRecord.dropped: 400, "EVIL<b>\u{1B}": 1]
        reconnect.failures = ["ECONNREFUSED": 30]
        reconnect.attempts = 431
        reconnect.returned = 401
        reconnect.away.record(1_200 * .perMillisecond, count: 401)
        reconnect.retry = RetryRecord(told: 9, zeros: 0, shortest: .perSecond, longest: 2 * .perSecond)
        reconnect.note(at: .perSecond, { _ in }, window: { $0.closed = 401 })
        reconnect.note(at: 2 * .perSecond, { _ in }, window: { $0.attempts = 431 })
        reconnect.note(at: 3 * .perSecond, { _ in }, window: { $0.returned = 401 })
        var drop = MassDropRecord(at: .perSecond, manner: .rst)
        (drop.closed, drop.returned, drop.lastReturn) = (400, 400, 2_050 * .perMillisecond)
        reconnect.drops = [drop]
        var resume = ResumeCounts()
        (resume.resumed, resume.replayed, resume.missing) = (400, 3_998, 2)
        reconnect.resume = resume
        change(&reconnect)
        var record = Fixture.leakyRecord()
        record.load.reconnect = reconnect
        record.hooks = [HookRecord(place: .before, number: 1, program: "sh")]
        return ReportDocument(record: record, judgement: Judge(thresholds: []).judge(record))
    }

    @Test func theTerminalSaysHowLongAllWereAway() {
        let text = TerminalReport(document(), width: 200, color: false).render()
        #expect(text.contains("Reconnects\n"))
        #expect(text.contains("attempts a second, at most 4,310"))
        #expect(text.contains("400 streams dropped at 1.00 s (rst): all back after 2.05 s"))
        #expect(text.contains("messages missed while away 4,000; sent again 3,998; lost on resume 2"))
        #expect(!text.contains("\u{1B}"))
        #expect(!TerminalReport(Fixture.leaky(), width: 80, color: false).render().contains("Reconnects"))
    }

    @Test func thePagePlotsTheOutage() {
        let page = HTMLReport(document()).render()
        #expect(MarkupChecker(page).problem == nil)
        #expect(page.contains("id=\"plot-reconnect-away-t\""))
        #expect(page.contains("id=\"plot-reconnect-attempts-t\""))
        #expect(page.contains("EVIL&lt;b&gt;"))
        #expect(!HTMLReport(Fixture.leaky()).render().contains("id=\"reconnects\""))
    }

    @Test func theDocumentKeepsTheFigures() throws {
        let document = document()
        #expect(try ReportDocument(json: document.json()) == document)
        #expect(document.reconnect?.peakRate == 4_310)
        #expect(document.reconnect?.outages.first?.mostAway == 401)
        #expect(document.hooks?.count == 1)
        #expect(Fixture.leaky().reconnect == nil)
    }

    @Test func theCurvesFallBackToNothingBetweenWindows() {
        var windows = [ReconnectWindow(index: 10), ReconnectWindow(index: 11), ReconnectWindow(index: 20)]
        (windows[0].closed, windows[1].attempts, windows[2].attempts, windows[2].returned) = (5, 3, 2, 5)
        let away = ReconnectCurve.away(windows, from: 2)
        #expect(away.v == [0, 5, 5, 5, 0])
        #expect(away.t.elementsEqual([3.0, 3.1, 3.2, 4.0, 4.1]) { abs($0 - $1) < 1e-9 })
        let attempts = ReconnectCurve.attempts(windows, from: 2)
        #expect(attempts.v == [0, 0, 0, 30, 0, 0, 20, 0])
        #expect(zip(attempts.t, attempts.t.dropFirst()).allSatisfy { $0 < $1 })
    }
}
