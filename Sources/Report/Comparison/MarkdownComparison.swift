import Comparison

/// A comparison as a page of Markdown for a pull request.
public struct MarkdownComparison: Sendable {
    private let comparison: RunComparison
    private let results: [FailResult]

    /// The page of a comparison and what its conditions came to.
    public init(_ comparison: RunComparison, results: [FailResult]) {
        self.comparison = comparison
        self.results = results
    }

    /// The page; all text from the records is escaped.
    public func render() -> String {
        let text = ComparisonText(comparison)
        let failed = results.contains(where: \.failed)
        let conditions = results.map { "- \($0.failed ? "❌" : "✅") \(MarkdownText.escape(text.sentence($0)))\n" }
        let notes = comparison.notes.map { "- \(MarkdownText.escape($0))\n" }
        let rows = text.rows
        let changed = rows.filter { $0.isWorse || $0.isBetter }
        let parts = [
            "## \(failed ? "❌" : "✅") Comparison: \(MarkdownText.escape(comparison.new.profile, limit: 120))\n\n"
                + MarkdownText.escape(text.summary(results), limit: 800) + "\n",
            conditions.joined(),
            "- base: \(MarkdownText.escape(ComparisonText.run(comparison.base)))\n"
                + "- new: \(MarkdownText.escape(ComparisonText.run(comparison.new)))\n" + notes.joined(),
            changed.isEmpty ? "" : "### Beyond the noise\n\n" + table(changed),
            "<details><summary>Every figure</summary>\n\n" + table(rows) + "\n</details>\n",
            "<sub>\(MarkdownText.escape(ComparisonText.key))</sub>\n",
        ]
        return parts.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private func table(_ rows: [ComparisonText.Row]) -> String {
        MarkdownText.table(
            ["figure", "base", "new", "change", ""],
            rows.map { row in
                let mark = row.isWorse ? "❌ " : row.isBetter ? "✅ " : ""
                return [
                    MarkdownText.code(row.name), MarkdownText.escape(row.base), MarkdownText.escape(row.new),
                    MarkdownText.escape(row.change), mark + MarkdownText.escape(row.word),
                ]
            }
        )
    }
}
