import Comparison

/// A comparison as one page: no script, no network, nothing outside the file.
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
        let mark = failed ? "M7 7l10 10M17 7L7 17" : "M6 12.5l4 4 8-9"
        return """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="\(HTMLReport.policy)">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>Comparison: \(name) – Hydrotest</title>
            <style>\(Style.sheet)</style>
            </head>
            <body>
            <div class="page">
            <header><p class="brand">Hydrotest</p><h1>Comparison: \(name)</h1></header>
            <main>
            <div class="banner \(failed ? "fail" : "pass")" role="status">
            <svg viewBox="0 0 24 24" aria-hidden="true"><path d="\(mark)"/></svg>
            <p><strong>\(failed ? "Fail" : "Pass")</strong> \
            <span>\(HTMLEscaping.escape(text.summary(results), limit: 800))</span></p>
            </div>
            \(sections(text).map { $0.render() }.joined(separator: "\n"))
            </main>
            <footer><p>\(HTMLEscaping.escape(ComparisonText.key)).</p></footer>
            </div>
            </body>
            </html>

            """
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
