import Record
import Verdict
import Vocabulary

/// A report as one page: no script, no network, nothing outside the file; light and dark, on a phone and on paper.
public struct HTMLReport: Sendable {
    /// The page's policy (CSP 3): nothing is loaded, and only its own style sheet applies.
    static let policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

    let document: ReportDocument

    /// The page of a document.
    public init(_ document: ReportDocument) { self.document = document }

    /// The page; all text from the record is escaped, and its size is bounded by ``ReportLimits``.
    public func render() -> String {
        let name = HTMLEscaping.escape(document.profile)
        let verdict = VerdictText(document)
        let sections = sections()
        let links = sections.map { "<a href=\"#\($0.id)\">\($0.title)</a>" }.joined()
        return """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="\(Self.policy)">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="generator" content="Hydrotest \(HTMLEscaping.escape(document.environment.version))">
            <title>\(verdict.word): \(name) – Hydrotest</title>
            <style>\(Style.sheet)</style>
            </head>
            <body>
            <div class="page">
            \(header())
            <main>
            \(banner(verdict))
            \(facts())
            <nav aria-label="Sections">\(links)</nav>
            \(sections.map { $0.render() }.joined(separator: "\n"))
            </main>
            \(footer())
            </div>
            </body>
            </html>

            """
    }

    private func sections() -> [HTMLSection] {
        [capacitySection(), matrixSection(), raceSection(), reconnectSection()].compactMap(\.self) + [
            findingsSection(), thresholdsSection(), leaksSection(), timeSection(), gaugesSection(), dropsSection(),
            heartbeatSection(),
        ] + [deliverySection(), latencySection(), streamsSection(), scenariosSection()].compactMap(\.self)
            + [countsSection(), environmentSection()]
    }

    private func header() -> String {
        let span = FigureText.seconds(document.ended - document.started)
        let facts = [FigureText.moment(document.started), "ran \(span)", "seed \(document.seed)"]
        let target = document.environment.target
        let address = target.isEmpty ? "" : "<p class=\"target\"><code>\(HTMLEscaping.escape(target))</code></p>"
        return """
            <header>
            <p class="brand">Hydrotest</p>
            <h1>\(HTMLEscaping.escape(document.profile))</h1>
            \(address)
            <p class="when">\(facts.map { HTMLEscaping.escape($0) }.joined(separator: " · "))</p>
            </header>
            """
    }

    private func banner(_ verdict: VerdictText) -> String {
        let mark = document.verdict == .pass ? "M6 12.5l4 4 8-9" : "M7 7l10 10M17 7L7 17"
        return """
            <div class="banner \(document.verdict.rawValue)" role="status">
            <svg viewBox="0 0 24 24" aria-hidden="true"><path d="\(mark)"/></svg>
            <p><strong>\(verdict.word == "PASS" ? "Pass" : "Fail")</strong> \
            <span>\(HTMLEscaping.escape(verdict.reason, limit: 800))</span></p>
            </div>
            """
    }

    private func facts() -> String {
        let cards = Fact.first(of: document).map { fact in
            let details = fact.details.map { "<li>\(HTMLEscaping.escape($0))</li>" }.joined()
            let noun = HTMLEscaping.escape(fact.noun)
            return "<div class=\"fact \(fact.tone.rawValue)\"><h2>\(HTMLEscaping.escape(fact.title))</h2>"
                + "<p class=\"figure\">\(HTMLEscaping.escape(fact.figure))<small>\(noun)</small></p><ul>\(details)</ul></div>"
        }
        return "<div class=\"facts\">\(cards.joined())</div>"
    }

    private func footer() -> String {
        "<footer><p>Written by Hydrotest \(HTMLEscaping.escape(document.environment.version)). "
            + "The figures are in <code>report.json.gz</code>, beside this page.</p></footer>"
    }
}
