import Record
import Verdict
import Vocabulary

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
