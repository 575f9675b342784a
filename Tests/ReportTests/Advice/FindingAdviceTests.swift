import Testing
import Verdict
import Vocabulary

@testable import Report

@Suite struct FindingAdviceTests {
    @Test(arguments: FindingKind.allCases)
    func everyKindIsExplained(kind: FindingKind) {
        let advice = FindingAdvice.of(kind)
        for text in [advice.matters, advice.look] {
            #expect(text.count > 10 && text.count <= ReportLimits.textLength, "\(kind.rawValue)")
            #expect(text.hasSuffix(".") || text.hasSuffix("?") || text.hasSuffix("`."), "\(kind.rawValue)")
            #expect(text.count { $0 == "`" }.isMultiple(of: 2), "\(kind.rawValue)")
        }
    }

    @Test func noTwoKindsSayTheSame() {
        #expect(Set(FindingKind.allCases.map { FindingAdvice.of($0).matters }).count == FindingKind.allCases.count)
    }

    @Test func aKindThatIsNotKnownIsNotExplained() {
        let finding = Finding(id: "of-a-later-version", severity: .info, title: "x", evidence: [])
        #expect(FindingAdvice(finding, in: Fixture.leaky()) == nil)
    }

    @Test func aLeakIsExplainedByItsStageMannerAndClass() throws {
        let finding = Finding(.leak, .failure, "clients: it leaks", evidence: [], gauge: "state.clients")
        let advice = try #require(FindingAdvice(finding, in: Fixture.leaky()))
        #expect(advice.matters == LeakAdvice.matters(.permanent))
        #expect(advice.look.contains("headers-received (rst)"))
        #expect(advice.look.contains("before the client is in the map?"))
        #expect(advice.look.hasSuffix("so the close itself must."))
    }

    @Test func aLeakInSeveralMannersIsNamedByNone() throws {
        var judgement = Fixture.leakyJudgement
        judgement.leaks.append(Fixture.leak("clients", .headersReceived, .fin, .permanent, leaked: 3))
        let finding = Finding(.leak, .failure, "clients: it leaks", evidence: [], gauge: "state.clients")
        let document = ReportDocument(record: Fixture.leakyRecord(), judgement: judgement)
        let advice = try #require(FindingAdvice(finding, in: document))
        #expect(advice.look.hasPrefix("Clients that leave at headers-received, after"))
    }

    @Test func anotherGaugeIsExplainedByItsOwnLeak() throws {
        let finding = Finding(.leak, .failure, "timers: it leaks", evidence: [], gauge: "state.timers")
        let advice = try #require(FindingAdvice(finding, in: Fixture.leaky()))
        #expect(advice.matters == LeakAdvice.matters(.bounded))
        #expect(advice.look.hasPrefix("It was traced to no stage."))
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
