import Testing
import Verdict
import Vocabulary

@testable import Report

@Suite struct ReportAdviceTests {
    @Test(arguments: FindingKind.allCases)
    func noAdviceIsCut(kind: FindingKind) {
        for text in [kind.advice.matters, kind.advice.look] {
            #expect(text.count <= ReportLimits.textLength, "\(kind.id)")
        }
    }

    @Test func aKindThatIsNotKnownIsNotExplained() {
        let finding = Finding(id: "of-a-later-version", severity: .info, title: "x", evidence: [])
        #expect(Fixture.leaky().advice(on: finding) == nil)
    }

    @Test func aLeakIsExplainedByTheReportsLeaks() throws {
        let finding = Finding(.leak, .failure, "clients: it leaks", evidence: [], gauge: "state.clients")
        let advice = try #require(Fixture.leaky().advice(on: finding))
        #expect(advice.look.contains("headers-received (rst)"))
        #expect(advice.look.hasSuffix("so the close itself must."))
    }

    @Test func failuresAreExplainedInEveryForm() {
        let finding = Finding(.leak, .failure, "clients: it leaks", evidence: ["seen"], gauge: "state.clients")
        let judgement = Judgement(leaks: Fixture.leakyJudgement.leaks, findings: [finding], thresholds: [])
        let document = ReportDocument(record: Fixture.leakyRecord(), judgement: judgement)
        let words = "Insert the client first"
        #expect(HTMLReport(document).render().contains(words))
        #expect(MarkdownReport(document).render().contains(words))
        #expect(JUnitReport(document).render().contains(words))
        #expect(TerminalReport(document, width: 2_000, color: false).render().contains(words))
    }
}
