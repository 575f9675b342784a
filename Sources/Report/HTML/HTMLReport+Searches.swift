import Record
import Verdict
import Vocabulary

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

extension HTMLReport {
    /// The drop matrix, a heat map for each gauge that leaks; nil where none was made.
    func matrixSection() -> HTMLSection? {
        guard let matrix = document.matrix else { return nil }
        let clean = MatrixText.clean(matrix)
        let rest =
            clean.isEmpty
            ? "" : "<p class=\"more\">Clean: \(HTMLEscaping.escape(clean.joined(separator: ", ")))</p>"
        let cutShort = MatrixText.cutShort(matrix).map { "<p class=\"more\">\($0)</p>" } ?? ""
        return HTMLSection(
            id: "matrix",
            title: "Drop matrix",
            lead: "Each stage and manner was tried alone, several times in a random order: \(MatrixText.key). "
                + "The stronger the colour, the more; below each figure stands what becomes of it.",
            body: matrix.gauges.filter(\.leaks).map(heatMap).joined() + rest + cutShort
        )
    }

    private func heatMap(_ gauge: MatrixGauge) -> String {
        let text = MatrixText(gauge)
        let name = "\(gauge.gauge) (\(gauge.probe))"
        let table = HTMLTable(
            caption: "Leaked per 1,000 drops: \(name)",
            columns: [.text("Stage")] + text.manners.map { .figure($0.rawValue) },
            rows: text.stages.map { stage in
                [.code(stage.rawValue)] + text.manners.map { heatCell(text, text.cell(stage, $0)) }
            }
        )
        return "<h3>\(HTMLEscaping.escape(name))</h3>" + table.render()
    }

    /// The number says it without the colour, and the class stands below it.
    private func heatCell(_ text: MatrixText, _ cell: MatrixGauge.Cell?) -> HTMLTable.Cell {
        guard let cell else { return .absent }
        let tip = HTMLEscaping.escape(text.sentence(cell))
        guard cell.leaks else { return .markup("<span title=\"\(tip)\">\(MatrixText.clean)</span>", class: "zero") }
        let shade = Palette.shade(
            UInt64(max(1, min(cell.per1000Drops, 1e18))),
            of: UInt64(max(1, min(text.largest, 1e18)))
        )
        return .markup(
            "<span title=\"\(tip)\">\(HTMLEscaping.escape(text.figure(cell)))<br><small>\(cell.class.rawValue)</small></span>",
            class: "heat h\(shade)"
        )
    }
}

extension HTMLReport {
    /// The window of a race and the shares of leaks around it; nil where no search was made.
    func raceSection() -> HTMLSection? {
        guard let race = document.race else { return nil }
        guard let window = race.window else {
            return HTMLSection(id: "race", title: "Race", body: "<p class=\"empty\">No delay leaked.</p>")
        }
        let sentence =
            "The share of drops that leaked, over the delay from the stage to the drop; the window is shaded."
        let chart = SVGRaceChart(id: "plot-race", title: "Leaks over the delay", description: sentence, race: race)
        let again =
            race.again.isEmpty
            ? "" : "<h3>Look at it again</h3><pre><code>\(HTMLEscaping.escape(race.again, limit: 2_000))</code></pre>"
        return HTMLSection(
            id: "race",
            title: "Race",
            lead: window.isKnown
                ? "Both ends of the window are known to a tenth of its width."
                : "The search ended before both ends of the window were known to a tenth of its width.",
            body: windowTable(race, window)
                + "<div class=\"plots\">"
                + figure(title: "Leaks over the delay", sentence: sentence, plot: chart.render()) + "</div>" + again
        )
    }

    private func windowTable(_ race: RaceSummary, _ window: RaceWindow) -> String {
        func row(_ name: String, _ edge: RaceWindow.Edge?) -> [HTMLTable.Cell] {
            guard let edge else { return [.text(name), .absent, .text("beyond what was tried")] }
            guard edge.to > 0 else { return [.text(name), .text("0"), .text("a drop at once leaks")] }
            let interval = "\(DurationText.format(edge.from)) to \(DurationText.format(edge.to))"
            return [.text(name), .text(DurationText.format(edge.delay)), .text(interval)]
        }
        let interval = "\(FigureText.share(window.shareFrom)) to \(FigureText.share(window.shareTo))"
        return HTMLTable(
            caption: "The window",
            columns: [
                .text("\(race.stage?.rawValue ?? "") (\(race.manner.rawValue))"), .figure("Found"),
                .figure("95% interval"),
            ],
            rows: [
                row("Lower end", window.low), row("Upper end", window.high),
                [.text("Width"), window.width.map { .text(DurationText.format($0)) } ?? .absent, .absent],
                [.text("Leaks inside"), .text(FigureText.share(window.share)), .text(interval)],
                [.text("Drops"), .text(FigureText.count(race.drops)), .text("of \(FigureText.count(race.budget))")],
            ]
        ).render()
    }
}
