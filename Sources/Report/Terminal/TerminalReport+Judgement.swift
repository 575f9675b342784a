import Verdict
import Vocabulary

extension TerminalReport {
    func thresholds() -> [String] {
        guard !document.thresholds.isEmpty else { return [] }
        return heading("Thresholds")
            + document.thresholds.prefix(ReportLimits.rows).map { result in
                let measured = FigureText.measured(result) ?? "not measured"
                let text = TextLayout.cut(" \(PlainText.clean(result.expression))  (\(measured))", width: width - 3)
                return "  " + style.apply(result.passed ? .good : .bad, to: result.passed ? "✓" : "✗") + text
            }
    }

    func findings() -> [String] {
        guard !document.findings.isEmpty else { return [] }
        let shown = document.findings.prefix(ReportLimits.findings).flatMap(lines)
        let more = document.findings.count - ReportLimits.findings
        return heading("Findings") + shown + (more > 0 ? ["  and \(more) more, in the JSON report"] : [])
    }

    private func lines(_ finding: Finding) -> [String] {
        let look: TerminalStyle.Look =
            switch finding.severity {
            case .info: .dim
            case .warning: .warning
            case .failure: .bad
            }
        let word = finding.severity.rawValue
        var lines = TextLayout.wrap(PlainText.clean(finding.title), width: width, first: "  \(word): ", indent: "    ")
        lines[0] = "  " + style.apply(look, to: word) + lines[0].dropFirst(2 + word.count)
        for sentence in document.sentences(finding) {
            lines += TextLayout.wrap(PlainText.clean(sentence), width: width, first: "    ", indent: "    ")
        }
        return lines
    }

    /// A block's heading.
    func heading(_ text: String) -> [String] { [style.apply(.bold, to: text)] }

    /// A block that is a table.
    func table(_ title: String, _ headings: [String], _ rows: [[String]]) -> [String] {
        var lines = TextTable(headings: headings, rows: rows).lines(width: width)
        lines[0] = style.apply(.dim, to: lines[0])
        return heading(title) + lines
    }
}
