import Comparison

/// A comparison as text for a terminal.
public struct TerminalComparison: Sendable {
    private let comparison: RunComparison
    private let results: [FailResult]
    private let width: Int
    private let style: TerminalStyle

    /// The text of a comparison.
    ///
    /// - Parameters:
    ///   - results: what its conditions came to.
    ///   - width: the terminal's width in characters; at least ``TerminalReport/narrowest`` is used.
    ///   - color: whether colours are written.
    public init(_ comparison: RunComparison, results: [FailResult], width: Int, color: Bool) {
        self.comparison = comparison
        self.results = results
        self.width = max(width, TerminalReport.narrowest)
        style = TerminalStyle(color: color)
    }

    /// The text, each line ended; nothing from the records can move the cursor or change a colour.
    public func render() -> String {
        let text = ComparisonText(comparison)
        var lines = TextLayout.wrap(text.summary(results), width: width)
        lines[0] = style.apply(.bold, results.contains(where: \.failed) ? .bad : .good, to: lines[0])
        lines += ["base  \(ComparisonText.run(comparison.base))", "new   \(ComparisonText.run(comparison.new))"]
            .map { TextLayout.cut($0, width: width) }
        lines += comparison.notes.flatMap {
            TextLayout.wrap(PlainText.clean($0), width: width, first: "note  ", indent: "      ")
        }
        let rows = text.rows
        var table = TextTable(
            headings: ["figure", "base", "new", "", "change"],
            rows: rows.map { [$0.name, $0.base, $0.new, $0.word, $0.share] }
        ).lines(width: width)
        table[0] = style.apply(.dim, to: table[0])
        for (index, row) in zip(table.indices.dropFirst(), rows) where row.isWorse || row.isBetter {
            table[index] = style.apply(row.isWorse ? .bad : .good, to: table[index])
        }
        lines += [""] + table
        if !results.isEmpty {
            lines += [""]
            lines += results.map { result in
                let mark = style.apply(result.failed ? .bad : .good, to: result.failed ? "✗" : "✓")
                return "  \(mark) " + TextLayout.cut(text.sentence(result), width: width - 4)
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
