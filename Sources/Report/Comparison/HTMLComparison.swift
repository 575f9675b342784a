import Comparison

/// A comparison as one page that needs no network.
public struct HTMLComparison: Sendable {
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
        let name = HTMLEscaping.escape(comparison.new.profile)
        return HTMLPage(
            title: "Comparison: \(name) – Hydrotest",
            header: "<header><p class=\"brand\">Hydrotest</p><h1>Comparison: \(name)</h1></header>",
            skip: (id: "figures", words: "Skip to the figures"),
            main: HTMLPage.banner(passed: !failed, [HTMLEscaping.escape(text.summary(results), limit: 800)])
                + sections(text).map { $0.render() }.joined(separator: "\n"),
            footer: "<footer><p>\(HTMLEscaping.escape(ComparisonText.key)).</p></footer>"
        ).render()
    }

    private func sections(_ text: ComparisonText) -> [HTMLSection] {
        let list = { (items: [String]) in
            items.isEmpty ? "" : "<ul>\(items.map { "<li>\(HTMLEscaping.escape($0))</li>" }.joined())</ul>"
        }
        let runs = [
            "Base: \(ComparisonText.run(comparison.base))", "New: \(ComparisonText.run(comparison.new))",
        ]
        let conditions = HTMLTable(
            caption: "Conditions",
            columns: [.text("Condition"), .text("Result")],
            rows: results.map { result in
                [
                    .text(text.sentence(result)),
                    result.failed ? .markup("✗ fails", class: "no") : .markup("✓ holds", class: "ok"),
                ]
            }
        )
        let figures = HTMLTable(
            caption: "Figures",
            columns: [.text("Figure"), .figure("Base"), .figure("New"), .figure("Change"), .text("Beyond noise")],
            rows: text.rows.map { row in
                [
                    .code(row.name), .text(row.base), .text(row.new), .text(row.change),
                    row.isWorse
                        ? .markup(HTMLEscaping.escape(row.word), class: "no")
                        : row.isBetter ? .markup(HTMLEscaping.escape(row.word), class: "ok") : .text(row.word),
                ]
            }
        )
        return [HTMLSection(id: "runs", title: "Runs", body: list(runs + comparison.notes))]
            + (results.isEmpty ? [] : [HTMLSection(id: "conditions", title: "Conditions", body: conditions.render())])
            + [HTMLSection(id: "figures", title: "Figures", body: figures.render())]
    }
}
