import Record
import Testing
import Verdict
import Vocabulary

@testable import Report

@Suite struct TerminalReportTests {
    private func lines(_ document: ReportDocument, width: Int = 100, color: Bool = false) -> [Substring] {
        TerminalReport(document, width: width, color: color).render().split(
            separator: "\n",
            omittingEmptySubsequences: false
        )
    }

    @Test func theVerdictComesFirst() {
        let lines = lines(Fixture.leaky())
        #expect(
            lines[0]
                == "FAIL  The gauge clients keeps 171 of 4,480 connections that were dropped at headers-received by rst."
        )
        #expect(lines[1] == "      2 of 5 thresholds do not hold, first leaks == 0 (measured: 3).")
    }

    @Test func showsTheFigures() {
        let lines = lines(Fixture.leaky())
        let blocks = ["Connections", "Drops", "Leaks", "Heartbeats", "Latencies", "Errors", "Thresholds", "Findings"]
        #expect(lines.filter { blocks.contains(String($0)) }.map(String.init) == blocks)
        #expect(
            lines.contains("  state.clients         171  38.2 (32.9 – 43.8)        permanent  headers-received by rst")
        )
        #expect(lines.contains("  ✗ leaks == 0  (3)"))
        #expect(lines.contains("  ✓ errors.rate < 0.1%  (0.025%)"))
        #expect(lines.contains("  ✗ event.p99 < 50ms  (not measured)"))
        #expect(lines.contains { $0.hasPrefix("  headers-received") && $0.hasSuffix("8,960") })
    }

    @Test(arguments: [0, 40, 60, 80, 120]) func staysWithinItsWidth(width: Int) {
        let widest = lines(Fixture.leaky(), width: width).map(\.count).max() ?? 0
        #expect(widest <= max(width, TerminalReport.narrowest))
    }

    @Test func narrowTablesKeepTheirTotals() {
        #expect(
            lines(Fixture.leaky(), width: 50).contains { $0.hasPrefix("  headers-received") && $0.hasSuffix("8,960") }
        )
    }

    @Test func colorsOnlyWhereAskedFor() {
        let plain = TerminalReport(Fixture.leaky(), width: 100, color: false).render()
        #expect(!plain.contains("\u{1B}"))
        let colored = TerminalReport(Fixture.leaky(), width: 100, color: true).render()
        #expect(colored.hasPrefix("\u{1B}[1;31mFAIL\u{1B}[0m  The gauge"))
        #expect(colored.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain)
    }

    @Test func hostileNamesCannotMoveTheCursor() {
        var record = RunRecord(profile: "a\u{1B}[2J\nb", seed: 1, started: 0)
        record.load.errors = ["E\u{1B}]0;x\u{7}VIL\r": 1]
        let finding = Finding(id: "x", severity: .info, title: "t\u{9B}1m\u{8}", evidence: ["e\u{202E}\n"])
        let threshold = ThresholdResult(expression: "x\u{1B}[31m < 1", value: 0, passed: true)
        let judgement = Judgement(leaks: [], findings: [finding], thresholds: [threshold])
        let text = TerminalReport(ReportDocument(record: record, judgement: judgement), width: 80, color: false)
            .render()
        #expect(!text.unicodeScalars.contains { ($0.value < 0x20 && $0 != "\n") || (0x7F...0x9F).contains($0.value) })
        #expect(!text.unicodeScalars.contains("\u{202E}"))
        #expect(text.contains("a b"))
        #expect(text.contains("EVIL"))
    }

    @Test func whatWasNotMeasuredIsSaid() {
        let lines = lines(Fixture.empty())
        #expect(lines.contains("  not measured: no probe reads the server's state"))
        #expect(!lines.contains("Latencies"))
        #expect(!lines.contains("Heartbeats"))
    }
}
