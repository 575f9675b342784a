import Record

extension HTMLReport {
    /// The levels of a climb and what they measured; nil where no climb was made.
    func capacitySection() -> HTMLSection? {
        guard let capacity = document.capacity else { return nil }
        let text = LevelText(capacity.levels, isBrief: false)
        let table = HTMLTable(
            caption: "Levels",
            columns: text.headings.map { heading in
                let shown = heading.prefix(1).uppercased() + heading.dropFirst()
                return heading == LevelText.result ? .text(shown) : .figure(shown)
            },
            rows: zip(text.rows, capacity.levels).map { row, level in
                zip(text.headings, row).map { heading, cell in
                    guard heading == LevelText.result else { return .text(cell) }
                    return .markup(HTMLEscaping.escape(cell), class: level.held ? "ok" : "no")
                }
            }
        )
        let chart = SVGLevelChart(
            id: "plot-capacity",
            title: "Latency over streams",
            description: Self.sentence,
            levels: capacity.levels
        )
        return HTMLSection(
            id: "capacity",
            title: "Capacity",
            lead: "Each level was judged by what happened in its own time.",
            body: table.render()
                + "<div class=\"plots\">"
                + figure(
                    title: "Latency over streams",
                    sentence: Self.sentence,
                    plot: chart.render(),
                    legend: chart.lines.map(\.name)
                ) + "</div>"
        )
    }

    private static let sentence =
        "Each level's 99th percentile, in its own time; the last point is where the climb ended."
}
