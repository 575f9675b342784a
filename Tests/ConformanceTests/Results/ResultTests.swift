import HTTP
import Foundation
import Testing

@testable import Conformance

/// What is made of results for people and programs.
@Suite struct ResultTests {
    /// One case that passed, one of each level that failed, some that were not judged.
    private static let mixed = CheckResult(
        Good.seen {
            $0[.stream]?["Content-Type"] = "text/event-stream; charset=<&\">"
            $0[.stream]?["X-Accel-Buffering"] = nil
            $0[.stream]?["Cache-Control"] = nil
        },
        seconds: 1.5
    )

    @Test func terminalSaysExpectedActualAndRequirement() {
        let lines = CheckText(color: false).lines(Self.mixed)
        let text = lines.joined(separator: "\n")
        #expect(text.contains("  ✓ 1.1 The status is 200"))
        #expect(
            text.contains("  ✗ 1.3 A charset is utf-8 (must)\n      expected: charset=utf-8, or none\n      actual:   ")
        )
        #expect(text.contains("  – 1.12 The length is a number: there is no Content-Length"))
        #expect(text.contains("(text/event-stream): The charset parameter may be provided."))
        #expect(lines.last?.hasPrefix("fail: ") == true)
        #expect(lines.last?.contains("3 failed (1 must, 1 should, 1 advice)") == true)
        #expect(lines.allSatisfy { $0.count <= 140 })
        #expect(!text.contains("\u{1B}"))
        #expect(CheckText(color: true).lines(Self.mixed).last?.contains("\u{1B}[31mfail\u{1B}[0m") == true)
    }

    @Test func theListHoldsEveryCase() {
        let text = CheckText(color: false).list().joined(separator: "\n")
        for number in ConformanceSuite.numbers { #expect(text.contains("  \(number) ")) }
    }

    @Test func jsonCanBeReadAgain() throws {
        let document = CheckDocument(Self.mixed)
        let read = try JSONDecoder().decode(CheckDocument.self, from: document.json())
        #expect(read == document)
        #expect(read.schema == "hydrotest.check/1")
        #expect(!read.passed)
        let charset = try #require(read.cases.first { $0.number == "1.3" })
        #expect(charset.outcome == "failed" && charset.expected != nil && charset.actual != nil)
        #expect(read.cases.first { $0.number == "1.12" }?.reason == "there is no Content-Length")
    }

    @Test func junitFailsForAMustOnly() throws {
        let xml = CheckJUnit.xml(Self.mixed)
        #expect(xml.components(separatedBy: "<failure ").count == 2)
        #expect(xml.contains("failures=\"1\""))
        #expect(xml.contains("errors=\"0\""), "a suite must tell it: the common schema demands it")
        #expect(xml.contains("&lt;&amp;"))
        #expect(xml.components(separatedBy: "<testcase ").count == ConformanceSuite.numbers.count + 1)
    }

    @Test func selectionKeepsToNumbersAndLevels() {
        func numbers(_ change: (inout CaseSelection) -> Void) -> [String] {
            var options = Good.options
            change(&options.selection)
            let seen = Observations(options: options, records: Good.answers.mapValues(\.record))
            return CheckResult(seen, seconds: 0).results.map(\.number.description)
        }
        #expect(numbers { $0.only = [CaseNumber(section: 1, number: 2)] } == ["1.2"])
        #expect(numbers { $0.only = [CaseNumber(section: 4, number: nil)] }.count == 15)
        #expect(!numbers { $0.skipped = [CaseNumber(section: 1, number: nil)] }.contains("1.1"))
        #expect(!numbers { $0.level = .must }.contains("1.17"))
        #expect(numbers { $0.level = .advice }.count == ConformanceSuite.numbers.count)
    }

    @Test(arguments: [("3", 3, nil), ("3.2", 3, 2), ("12.34", 12, 34)] as [(String, Int, Int?)])
    func numbersAreRead(_ text: String, _ section: Int, _ number: Int?) {
        #expect(CaseNumber(text) == CaseNumber(section: section, number: number))
    }

    @Test(arguments: ["", ".", "3.", ".2", "3.2.1", "x", "-1", "3.x", "99999999999999999999"])
    func numbersThatAreNone(_ text: String) { #expect(CaseNumber(text) == nil) }

    @Test func badOptionsAreNamed() {
        var options = Good.options
        #expect(options.problem == nil)
        options.selection.only = [CaseNumber(section: 9, number: 1)]
        #expect(options.problem?.contains("9.1") == true)
        options = Good.options
        options.heartbeat = 0
        #expect(options.problem?.contains("--heartbeat") == true)
        options = Good.options
        options.wait = .max
        #expect(options.problem?.contains("--wait") == true)
        options = Good.options
        options.headers = [HTTPField("Bad Name", "x")]
        #expect(options.problem?.contains("--header") == true)
    }

    @Test func controlCharactersAreShownEscaped() {
        #expect(Shown.text("a\n\u{1B}[31m\u{202E}b") == "a\\n\\u{1B}[31m\\u{202E}b")
        #expect(Shown.text(String(repeating: "x", count: 500)).count == Shown.limit + 1)
    }
}
