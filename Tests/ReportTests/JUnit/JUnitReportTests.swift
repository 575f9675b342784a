import Foundation
import FoundationXML
import Record
import Report
import Testing
import Vocabulary

@Suite struct JUnitReportTests {
    /// What a CI server reads of the file.
    private final class Reader: NSObject, XMLParserDelegate {
        var suite: [String: String] = [:]
        var cases: [(name: String, group: String)] = []
        var problems: [(element: String, of: String)] = []
        var elements: [String] = []

        func parser(
            _ parser: XMLParser,
            didStartElement name: String,
            namespaceURI: String?,
            qualifiedName: String?,
            attributes: [String: String]
        ) {
            elements.append(name)
            switch name {
            case "testsuite": suite = attributes
            case "testcase": cases.append((attributes["name"] ?? "", attributes["classname"] ?? ""))
            case "failure", "error": problems.append((name, cases.last?.name ?? ""))
            default: break
            }
        }
    }

    private func read(_ document: ReportDocument) throws -> Reader {
        let reader = Reader()
        let parser = XMLParser(data: Data(JUnitReport(document).render().utf8))
        parser.delegate = reader
        #expect(parser.parse(), "\(String(describing: parser.parserError))")
        return reader
    }

    @Test func thresholdsAndFindingsAreCases() throws {
        let reader = try read(Fixture.leaky())
        #expect(reader.suite["tests"] == "9")
        #expect(reader.suite["failures"] == "3")
        #expect(reader.suite["errors"] == "0")
        #expect(reader.suite["timestamp"] == "2026-09-21T14:13:20")
        #expect(reader.suite["time"] == "96.000")
        #expect(reader.cases.count == 9)
        #expect(reader.problems.map(\.of) == ["leaks == 0", "event.p99 < 50ms", "leak"])
        #expect(reader.cases[1].group == "hydrotest.soak-ci.thresholds")
    }

    /// The order that the stricter of the two schemas wants.
    @Test func elementsComeInTheirOrder() throws {
        let elements = try read(Fixture.leaky()).elements.filter { $0 != "property" && $0 != "failure" }
        let cases = [String](repeating: "testcase", count: 9)
        #expect(elements == ["testsuites", "testsuite", "properties"] + cases + ["system-out", "system-err"])
    }

    @Test func aRunThatWasCutShortIsAnError() throws {
        var record = Fixture.leakyRecord()
        record.interrupted = true
        let reader = try read(ReportDocument(record: record, judgement: Fixture.leakyJudgement))
        #expect(reader.suite["errors"] == "1")
        #expect(reader.problems.first?.element == "error")
    }

    @Test func hostileTextBreaksNothing() throws {
        let reader = try read(Fixture.hostile())
        #expect(reader.elements.allSatisfy { $0 != "b" })
        #expect(reader.cases.count == 3)
        #expect(!JUnitReport(Fixture.hostile()).render().unicodeScalars.contains("\u{FFFE}"))
    }

    @Test func anEmptyRunIsOneCase() throws {
        #expect(try read(Fixture.empty()).cases.count == 1)
    }
}
