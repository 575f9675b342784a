import Verdict
import Vocabulary

/// What a run came to, for a terminal.
public struct FuzzText {
    private let summary: FuzzSummary

    /// The text of a summary.
    public init(_ summary: FuzzSummary) { self.summary = summary }

    /// The lines.
    public var lines: [String] {
        var lines = [head]
        for finding in summary.findings {
            lines.append("")
            lines.append(
                "\(finding.finding.severity.rawValue.uppercased()) \(finding.finding.id): \(finding.finding.title)"
            )
            lines += finding.finding.evidence.map { "  \($0)" }
            if !finding.steps.isEmpty {
                lines.append("  the case\(finding.number.map { " (from number \($0))" } ?? ""):")
                lines += finding.steps.map { "    \($0.count > 160 ? $0.prefix(160) + "…" : $0[...])" }
            }
            if let file = finding.file { lines.append("  repeat it: hydrotest replay \(file)") }
        }
        if !summary.findings.isEmpty { lines.append("") }
        lines.append(last)
        return lines
    }

    private var head: String {
        let kinds = CaseKind.allCases.compactMap { kind in
            summary.cases[kind].map { "\(NumberText.grouped(Int($0))) \(kind.rawValue)" }
        }
        let rate = NumberText.grouped(Int(summary.rate))
        let cases = NumberText.grouped(Int(summary.total))
        return
            "fuzz \(summary.target), seed \(summary.seed): \(cases) cases (\(kinds.joined(separator: ", "))), \(rate)/s"
    }

    private var last: String {
        let corpus = summary.corpusAdded > 0 ? "; \(summary.corpusAdded) cases added to the corpus" : ""
        guard !summary.findings.isEmpty else { return "PASS: nothing was found\(corpus)" }
        return "\(summary.passed ? "PASS" : "FAIL"): \(summary.findings.count) found\(corpus)"
    }
}
