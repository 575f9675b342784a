import Record
import Vocabulary

/// The scenarios of a run as rows of a table, the same on a terminal and on a page.
struct ScenarioText {
    /// The columns' headings.
    let headings: [String]
    /// A row for each scenario.
    let rows: [[String]]

    /// The rows of some scenarios; columns in which nothing was measured are left out.
    ///
    /// - Parameter isBrief: whether counts that are zero everywhere are left out as well, and headings are short.
    init(_ scenarios: [ScenarioSummary], isBrief: Bool) {
        let columns: [(heading: String, cell: (ScenarioSummary) -> String?)] = [
            ("streams", { FigureText.count($0.connections.established) }),
            ("failed", { FigureText.count($0.connections.failed) }),
            ("ended", { FigureText.count($0.connections.ended) }),
            ("connect p99", { $0.latency.connect.map { DurationText.format($0.p99) } }),
            (
                isBrief ? "first p50" : "first event p50",
                { $0.latency.timeToFirstEvent.map { DurationText.format($0.p50) } }
            ),
            ("p99", { $0.latency.timeToFirstEvent.map { DurationText.format($0.p99) } }),
            ("event p99", { $0.latency.event.map { DurationText.format($0.p99) } }),
            (
                isBrief ? "missed" : "beats missed",
                { $0.heartbeat.streams > 0 ? $0.heartbeat.missed.map(FigureText.count) : nil }
            ),
            (isBrief ? "silence" : "longest silence", { $0.heartbeat.longestSilence.map(DurationText.format) }),
        ]
        let shown = columns.filter { column in
            scenarios.contains { scenario in column.cell(scenario).map { !isBrief || $0 != "0" } ?? false }
        }
        headings = ["scenario"] + shown.map(\.heading)
        rows = scenarios.map { scenario in
            [PlainText.clean(scenario.name, limit: 32)] + shown.map { $0.cell(scenario) ?? "–" }
        }
    }
}
