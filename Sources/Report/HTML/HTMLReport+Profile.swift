import Record

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
