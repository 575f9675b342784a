import Comparison
import FoundationEssentials
import Record
import Report
import Testing

@Suite struct ComparisonReportTests {
    private static func comparison(_ new: ReportDocument = Fixture.leaky()) -> RunComparison {
        var worse = new.record
        worse.load.connections.failed = 900
        worse.load.errors["ECONNRESET"] = 900
        let base = Fixture.leaky()
        return RunComparison(base: (base.record, base.judgement), new: (worse, new.judgement))
    }

    private static func results(_ comparison: RunComparison) throws -> [FailResult] {
        try ["errors.rate > +10%", "connect.p99 > +10%"].flatMap { try FailCondition($0).judge(comparison) }
    }

    @Test func theTerminalSaysWhatFailsFirst() throws {
        let comparison = Self.comparison()
        let results = try Self.results(comparison)
        let text = TerminalComparison(comparison, results: results, width: 100, color: false).render()
        #expect(text.hasPrefix("Regression: errors.rate > +10%: errors.rate changed by +7.48 pp"))
        #expect(text.contains("✓ connect.p99 > +10%: connect.p99 changed by 0"))
        #expect(text.split(separator: "\n").contains { $0.contains("errors.rate") && $0.contains("worse") })
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
    }

    @Test func thePagesAreWellFormed() throws {
        for document in [Fixture.leaky(), Fixture.hostile()] {
            let comparison = Self.comparison(document)
            let results = try Self.results(comparison)
            let page = HTMLComparison(comparison, results: results).render()
            #expect(MarkupChecker(page).problem == nil)
            #expect(!page.contains("<b x"))
            let markdown = MarkdownComparison(comparison, results: results).render()
            #expect(markdown.hasPrefix("## ❌ Comparison: "))
            #expect(markdown.contains("<details>"))
        }
    }

    @Test func theJSONHoldsEveryFigure() throws {
        let comparison = Self.comparison()
        let document = ComparisonDocument(comparison, results: try Self.results(comparison))
        let read = try JSONDecoder().decode(ComparisonDocument.self, from: Data(try document.json()))
        #expect(read == document)
        #expect(read.failed)
        #expect(read.figures.contains { $0.name == "errors.rate" && $0.noise == .beyond })
    }
}
