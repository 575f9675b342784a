import Record

extension HTMLReport {
    /// The levels of a climb and what they measured; nil where no climb was made.
    func capacitySection() -> HTMLSection? {
        guard let capacity = document.capacity else { return nil }
        let text = LevelText(capacity.levels, isBrief: false)
        let table = HTMLTable(
            caption: "Levels",
            columns: text.headings.map { .figure($0.prefix(1).uppercased() + $0.dropFirst()) },
            rows: zip(text.rows, capacity.levels).map { row, level in
                // The second cell is the level's result.
                row.enumerated().map { index, cell in
                    index == 1 ? .markup(HTMLEscaping.escape(cell), class: level.held ? "ok" : "no") : .text(cell)
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
                + figure(
                    title: "Latency over streams",
                    sentence: Self.sentence,
                    plot: chart.render(),
                    legend: chart.lines.map(\.name)
                )
        )
    }

    private static let sentence =
        "Each level's 99th percentile, in its own time; the last point is where the climb ended."
}
