import Foundation
import Testing
import Vocabulary
import Verdict
import Vocabulary

@testable import Fuzzing

@Suite struct SARIFDocumentTests {
    @Test func findingsAreResultsOfKnownRules() throws {
        var summary = FuzzSummary(seed: 1, target: "reference")
        let replay = Replay(Made.pauses([1_000]))
        let key = Problem.Key(id: ProblemName.leak, gauge: "slots")
        summary.findings = [
            FuzzFinding(
                finding: FindingText.finding(key, ["slots was 4"], replay, []),
                file: "Reports/fuzz/leak slots.case",
                number: 5,
                steps: ["a: pause 1us"],
                seconds: 1
            ),
            FuzzFinding(finding: FindingText.unrepeated(key, 2), steps: [], seconds: 2),
        ]
        let json = try SARIFDocument(summary, version: "1.0").json()
        let document = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
        #expect(document["version"] as? String == "2.1.0")
        let run = try #require((document["runs"] as? [[String: Any]])?.first)
        let results = try #require(run["results"] as? [[String: Any]])
        #expect(results.map { $0["level"] as? String } == ["error", "warning"])
        let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
        let rules = try #require(driver["rules"] as? [[String: Any]])
        let index = try #require(results[0]["ruleIndex"] as? Int)
        #expect(rules[index]["id"] as? String == "leak")
        #expect(String(decoding: json, as: UTF8.self).contains("Reports/fuzz/leak%20slots.case"))
        #expect(!summary.passed)
    }

    @Test func aWarningAloneFailsNothing() {
        var summary = FuzzSummary(seed: 1, target: "reference")
        let unrepeated = FindingText.unrepeated(Problem.Key(id: ProblemName.canaryLate), 1)
        summary.findings = [FuzzFinding(finding: unrepeated, steps: [], seconds: 2)]
        #expect(summary.passed)
        #expect(FuzzText(summary).lines.last == "PASS: 1 found")
    }

    @Test(arguments: [(ProblemName.serverDied, 1), (ProblemName.serverHangs, 1), (ProblemName.canaryLate, 8)])
    func whatIsNoChanceFailsThoughNoCaseRepeatsIt(id: String, times: Int) {
        var summary = FuzzSummary(seed: 1, target: "reference")
        let unrepeated = FindingText.unrepeated(Problem.Key(id: id), times)
        summary.findings = [FuzzFinding(finding: unrepeated, steps: [], seconds: 2)]
        #expect(!summary.passed)
    }

    @Test func aServerThatDoesNotComeBackNamesItsSuspects() {
        let death = Problem(ProblemName.serverDied, "the server refuses connections")
        let end = ServerEnd(problem: death, suspects: [Made.pauses([1])], absence: "it has not come back")
        let finding = FindingText.unrepeated(death.key, 1, end, folder: "found/server-died")
        #expect(finding.severity == .failure)
        #expect(
            finding.evidence == [
                "the server refuses connections", "seen once, and not tried again: it has not come back",
                "the last case before it: found/server-died",
            ]
        )
    }
}
