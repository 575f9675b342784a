import Record
import Report
import Testing
import Verdict
import Vocabulary

@Suite struct WorkflowCommandsTests {
    @Test func failuresAreErrorsAndWarningsWarnings() {
        let lines = WorkflowCommands(Fixture.leaky()).lines()
        #expect(lines.count == 4)
        #expect(lines[0].hasPrefix("::error title=soak-ci%3A leak::The gauge clients keeps 171"))
        #expect(lines[0].contains("by rst%0AThe baseline was 0;"))
        #expect(lines[1] == "::error title=soak-ci%3A threshold::leaks == 0%0Ameasured: 3")
        #expect(
            lines[3].hasPrefix("::warning title=soak-ci%3A late-heartbeat::12 heartbeats came more than 20%25 late")
        )
    }

    @Test func hostileTextIsNoCommandOfItsOwn() {
        for line in WorkflowCommands(Fixture.hostile()).lines() {
            #expect(line.hasPrefix("::error title="))
            #expect(!line.contains("\n") && !line.contains("\r") && !line.contains("\u{1B}"))
            let title = line.dropFirst("::error title=".count).prefix(while: { $0 != ":" })
            #expect(!title.contains(","))
        }
    }

    @Test func asManyAsAreShownAndTheRestCounted() {
        let findings = (0..<25).map { Finding(id: "f\($0)", severity: .failure, title: "t", evidence: []) }
        let document = ReportDocument(
            record: RunRecord(profile: "p", seed: 1, started: 0),
            judgement: Judgement(leaks: [], findings: findings, thresholds: [])
        )
        let lines = WorkflowCommands(document).lines()
        #expect(lines.count == WorkflowCommands.mostOfAKind)
        #expect(lines.last == "::error title=p%3A more::and 16 more, in the report")
    }

    @Test func aCleanRunHasNone() { #expect(WorkflowCommands(Fixture.empty()).lines().isEmpty) }
}
