import Record
import Vocabulary

extension HTMLReport {
    /// How closed streams came back; nil where none was to.
    func reconnectSection() -> HTMLSection? {
        guard let reconnect = document.reconnect, let windows = document.record.load.reconnect?.windows else {
            return nil
        }
        let text = ReconnectText(reconnect: reconnect)
        let lead = reconnect.closed.isEmpty ? "No stream was closed before its time." : ""
        let drops = text.drops.map { "<li>\(HTMLEscaping.escape($0))</li>" }.joined()
        let start = document.phases.first { $0.name == .load }?.start ?? 0
        return HTMLSection(
            id: "reconnects",
            title: "Reconnects",
            lead: lead,
            body: (drops.isEmpty ? "" : "<ul>\(drops)</ul>")
                + "<div class=\"plots\">"
                + chart(
                    "plot-reconnect-away",
                    "Streams away",
                    "Held clients without a stream, at the end of each tenth of a second.",
                    ReconnectCurve.away(windows, from: start)
                )
                + chart(
                    "plot-reconnect-attempts",
                    "Attempts to come back",
                    "Connections started a second, in each tenth of one.",
                    ReconnectCurve.attempts(windows, from: start)
                )
                + "<div>\(Self.pairs("Reconnects", text.pairs))\(failures(reconnect))</div></div>"
        )
    }

    private func chart(_ id: String, _ title: String, _ sentence: String, _ series: Series) -> String {
        let plot = SVGLineChart(
            id: id,
            title: title,
            description: sentence,
            unit: series.unit,
            lines: [SVGLineChart.Line(name: title, series: series)],
            phases: document.phases,
            end: document.phases.map(\.end).max() ?? 0
        )
        return figure(title: title, sentence: sentence, plot: plot.render())
    }

    private func failures(_ reconnect: ReconnectSummary) -> String {
        guard !reconnect.failures.isEmpty else { return "" }
        let sorted = reconnect.failures.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        return HTMLTable(
            caption: "Failures on the way back",
            columns: [.text("Failure on the way back"), .figure("Count")],
            rows: sorted.map { [.code($0.key), .text(FigureText.count($0.value))] }
        ).render()
    }
}
