extension TerminalReport {
    func scenarios() -> [String] {
        guard let scenarios = document.scenarios else { return [] }
        let text = ScenarioText(scenarios, isBrief: true)
        return table("Scenarios", text.headings, text.rows)
    }

    func streams() -> [String] {
        let text = StreamText(document)
        guard !text.rows.isEmpty else { return [] }
        return heading("Streams")
            + text.rows.flatMap { row in
                TextLayout.wrap(row.figures, width: width, first: "  \(row.name): ", indent: "    ")
            }
    }
}
