extension HTMLReport {
    /// What each scenario's connections did; nil where there is only one.
    func scenariosSection() -> HTMLSection? {
        guard let scenarios = document.scenarios else { return nil }
        let text = ScenarioText(scenarios, isBrief: false)
        let table = HTMLTable(
            caption: "Scenarios",
            columns: text.headings.enumerated().map { index, heading in
                let shown = heading.prefix(1).uppercased() + heading.dropFirst()
                return index == 0 ? .text(shown) : .figure(shown)
            },
            rows: text.rows.map { row in row.map { $0 == "–" ? .absent : .text($0) } }
        )
        return HTMLSection(
            id: "scenarios",
            title: "Scenarios",
            lead: "Each scenario's connections apart; slow readers are watched neither for heartbeats nor for latency.",
            body: table.render()
        )
    }

    /// What followed streams, slow readers and the server's clock showed; nil where none was looked at.
    func streamsSection() -> HTMLSection? {
        let text = StreamText(document)
        guard !text.rows.isEmpty else { return nil }
        let isTimed = document.latency.serverClock != nil
        return HTMLSection(
            id: "streams",
            title: "Streams",
            lead: isTimed
                ? "By the server's clock events count from the fastest of them: how long that took, two clocks cannot tell."
                : "",
            body: Self.pairs(
                "Streams",
                text.rows.map { ($0.name.prefix(1).uppercased() + $0.name.dropFirst(), $0.figures) }
            )
        )
    }
}
