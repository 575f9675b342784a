import Record
import Verdict
import Vocabulary

/// A report as a page of Markdown for a pull request or a job's summary: the verdict, the facts, what was judged.
public struct MarkdownReport: Sendable {
    private let document: ReportDocument

    /// The page of a document.
    public init(_ document: ReportDocument) { self.document = document }

    /// The page; all text from the record is escaped, and its size is bounded by ``ReportLimits``.
    public func render() -> String {
        [verdict, facts, findings, thresholds, latencies, run].filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private var verdict: String {
        let verdict = VerdictText(document)
        let mark = document.verdict == .pass ? "✅" : "❌"
        return "## \(mark) \(verdict.word): \(MarkdownText.escape(document.profile, limit: 120))\n\n"
            + "\(MarkdownText.escape(verdict.reason, limit: 800))\n"
    }

    private var facts: String {
        let facts = Fact.first(of: document)
        return MarkdownText.table(
            ["", "", ""],
            facts.map { fact in
                [
                    "**\(MarkdownText.escape(fact.title))**",
                    "**\(MarkdownText.escape(fact.figure))** \(MarkdownText.escape(fact.noun))",
                    fact.details.map { MarkdownText.escape($0) }.joined(separator: "<br>"),
                ]
            }
        )
    }

    private var findings: String {
        guard !document.findings.isEmpty else { return "" }
        let items = document.findings.prefix(ReportLimits.findings).map { finding in
            let mark =
                switch finding.severity {
                case .failure: "❌"
                case .warning: "⚠️"
                case .info: "ℹ️"
                }
            let evidence = document.sentences(finding).map { "  - \(MarkdownText.escape($0, limit: 800))\n" }
            return "- \(mark) **\(MarkdownText.escape(finding.title))** (\(MarkdownText.code(finding.id, limit: 60)))\n"
                + evidence.joined()
        }
        let more = document.findings.count - items.count
        return "### Findings\n\n" + items.joined() + (more > 0 ? "\nand \(more) more, in the JSON report\n" : "")
    }

    private var thresholds: String {
        guard !document.thresholds.isEmpty else { return "" }
        return "### Thresholds\n\n"
            + MarkdownText.table(
                ["threshold", "measured", "result"],
                document.thresholds.prefix(ReportLimits.rows).map { result in
                    [
                        MarkdownText.code(result.expression),
                        MarkdownText.escape(FigureText.measured(result) ?? "not measured"),
                        result.passed ? "✅ holds" : "❌ fails",
                    ]
                }
            )
    }

    private var latencies: String {
        let named = document.latency.named
        guard !named.isEmpty else { return "" }
        let unreliable = "\nThe generator was saturated: these figures are unreliable.\n"
        return "### Latencies\n\n"
            + MarkdownText.table(
                ["", "p50", "p90", "p99", "p99.9", "max"],
                named.map { name, figures in
                    [name]
                        + [figures.p50, figures.p90, figures.p99, figures.p999, figures.max].map(DurationText.format)
                }
            ) + document.latency.gaps.map { "\n\(MarkdownText.escape($0))\n" }.joined()
            + (document.generator.saturated ? unreliable : "")
    }

    private var run: String {
        let target = document.environment.target
        let facts =
            (target.isEmpty ? [] : [MarkdownText.code(target)])
            + [
                FigureText.moment(document.started),
                "ran \(FigureText.seconds(document.ended - document.started))", "seed \(document.seed)",
                "Hydrotest \(MarkdownText.escape(document.environment.version, limit: 40))",
            ]
        return facts.joined(separator: " · ") + "\n"
    }
}
