import Record
import Verdict
import Vocabulary

/// A report as one page that needs no network; its script only tells the plots' values where a reader points.
public struct HTMLReport: Sendable {
    /// The page's policy (CSP 3).
    public static let policy = HTMLPage.policy

    let document: ReportDocument

    /// The page of a document.
    public init(_ document: ReportDocument) { self.document = document }

    /// The page; all text from the record is escaped, and its size is bounded by ``ReportLimits``.
    public func render() -> String {
        let verdict = VerdictText(document)
        let sections = sections()
        let links = sections.map { "<a href=\"#\($0.id)\">\($0.title)</a>" }.joined(separator: " ")
        return HTMLPage(
            title: "\(verdict.word): \(HTMLEscaping.escape(document.profile)) – Hydrotest",
            header: header(),
            skip: (id: "findings", words: "Skip to the findings"),
            main: """
                \(banner(verdict))
                \(facts())
                <nav aria-label="Sections">\(links)</nav>
                \(sections.map { $0.render() }.joined(separator: "\n"))
                """,
            footer: footer()
        ).render()
    }

    private func sections() -> [HTMLSection] {
        [findingsSection(), thresholdsSection()]
            + [capacitySection(), matrixSection(), raceSection(), reconnectSection()].compactMap(\.self)
            + [leaksSection(), timeSection(), gaugesSection(), dropsSection(), heartbeatSection()]
            + [
                deliverySection(), latencySection(), streamsSection(), scenariosSection(), bystandersSection(),
                stallsSection(),
            ].compactMap(\.self)
            + [countsSection(), environmentSection(), profileSection()].compactMap(\.self)
    }

    private func header() -> String {
        let span = FigureText.seconds(document.ended - document.started)
        let facts = [FigureText.moment(document.started), "ran \(span)", "random seed \(document.seed)"]
        let target = document.environment.target
        let address =
            target.isEmpty ? "" : "<p class=\"target\">Target: <code>\(HTMLEscaping.escape(target))</code></p>"
        return """
            <header>
            <p class="brand">Hydrotest · load test of an event-stream server</p>
            <h1>\(HTMLEscaping.escape(document.profile))</h1>
            \(address)
            <p class="when">\(facts.map { HTMLEscaping.escape($0) }.joined(separator: " · "))</p>
            </header>
            """
    }

    private func banner(_ verdict: VerdictText) -> String {
        let next = NextStep(document).map { "<b>Next:</b> \(HTMLEscaping.escape($0.text, limit: 800))" }
        return HTMLPage.banner(
            passed: document.verdict == .pass,
            [HTMLEscaping.escape(verdict.reason, limit: 800), next].compactMap(\.self)
        )
    }

    private func facts() -> String {
        let cards = Fact.first(of: document).map { fact in
            let details = fact.details.map { "<li>\(HTMLEscaping.escape($0))</li>" }.joined()
            let noun = HTMLEscaping.escape(fact.noun)
            return "<div class=\"fact \(fact.tone.rawValue)\"><h2>\(HTMLEscaping.escape(fact.title))</h2>"
                + "<p class=\"figure\">\(HTMLEscaping.escape(fact.figure)) <small>\(noun)</small></p><ul>\(details)</ul></div>"
        }
        return "<div class=\"facts\">\(cards.joined())</div>"
    }

    private func footer() -> String {
        "<footer><p>Written by Hydrotest \(HTMLEscaping.escape(document.environment.version)). "
            + "The figures are in <code>report.json.gz</code>, beside this page.</p></footer>"
    }
}

extension HTMLReport {
    /// The profile as it was run, and the command that runs it again; nil where the record has neither.
    func profileSection() -> HTMLSection? {
        let environment = document.environment
        let command = environment.reproduce ?? environment.command
        var parts: [String] = []
        if !command.isEmpty {
            parts.append("<h3>The command</h3>" + Self.listing(command, label: "The command that runs it again"))
            let sentence =
                "The same profile and seed (\(document.seed)) give the same plan to the last delay."
                + (environment.reproduce == nil || environment.command.isEmpty
                    ? "" : " It was started as: \(environment.command)")
            parts.append("<p class=\"more\">\(HTMLEscaping.escape(sentence, limit: 4_000))</p>")
        }
        if let text = environment.profileText {
            parts.append("<h3>The profile</h3>" + Self.listing(text, label: "The profile"))
        }
        if let overrides = environment.overrides, !overrides.isEmpty {
            let items = overrides.prefix(ReportLimits.rows).map { "<li><code>\(HTMLEscaping.escape($0))</code></li>" }
            let more = overrides.count - items.count
            parts.append(
                "<h3>Values given in place of the profile’s</h3><ul class=\"plain\">\(items.joined())</ul>"
                    + (more > 0 ? "<p class=\"more\">and \(more) more</p>" : "")
            )
        }
        guard !parts.isEmpty else { return nil }
        return HTMLSection(
            id: "profile",
            title: "Run it again",
            lead: environment.profileText == nil
                ? "" : "Variables of the environment stand as they were written; secrets in headers are left out.",
            body: parts.joined()
        )
    }

    /// Lines of text as they are, in a part that scrolls by itself.
    private static func listing(_ text: String, label: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { HTMLEscaping.escape(String($0), limit: 4_000) }
        return "<pre tabindex=\"0\" role=\"region\" aria-label=\"\(label)\"><code>"
            + lines.joined(separator: "\n") + "</code></pre>"
    }
}
