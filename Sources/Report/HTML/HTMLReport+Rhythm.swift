import Record
import Verdict
import Vocabulary

extension HTMLReport {
    /// The heartbeats of parts of the time, what was found, and what proxies would do.
    func rhythmTables() -> String { partsTable() + discoveredText() + proxiesTable() }

    private func partsTable() -> String {
        let heartbeat = document.heartbeat
        let parts = [
            ("While connections arrived", heartbeat.underLoad), ("Among events", heartbeat.amongEvents),
        ]
        let rows = parts.compactMap { name, part -> [HTMLTable.Cell]? in
            guard let part else { return nil }
            return [
                .text(name), .text(FigureText.count(part.beats)), .text(FigureText.count(part.missed)),
                part.interval.map { .text(DurationText.format($0.p50)) } ?? .absent,
                part.interval.map { .text(DurationText.format($0.p99)) } ?? .absent,
            ]
        }
        guard !rows.isEmpty else { return "" }
        let columns = ["Beats", "Missed", "Interval p50", "p99"].map(HTMLTable.Column.figure)
        return "<h3>Under load and among events</h3>"
            + HTMLTable(caption: "Heartbeats of a part of the time", columns: [.text("Part")] + columns, rows: rows)
            .render()
    }

    private func discoveredText() -> String {
        guard let found = document.heartbeat.discovered else { return "" }
        let text =
            "Nothing was expected; found \(found.match) every \(DurationText.format(found.period)) on "
            + "\(FigureText.count(found.streams)) of \(FigureText.counted(found.looked, "stream"))."
        return "<p>\(HTMLEscaping.escape(text))</p>"
    }

    private func proxiesTable() -> String {
        guard let proxies = document.heartbeat.proxies, !proxies.isEmpty else { return "" }
        let rows = proxies.map { proxy -> [HTMLTable.Cell] in
            let verdict: HTMLTable.Cell =
                switch proxy.wouldCut {
                case true: .text("yes")
                case false: .text("no")
                case nil: .absent
                }
            return [.text(proxy.name), .text(RhythmText.limit(proxy)), verdict, .text(proxy.source)]
        }
        let table = HTMLTable(
            caption: "What proxies would have done",
            columns: [.text("Proxy"), .figure("Limit"), .text("Would cut a stream"), .text("Source")],
            rows: rows
        )
        return
            "<h3>Proxies</h3><p class=\"more\">The longest silence and the longest life of a stream, against the limits "
            + "that proxies are shipped with; a dash where no stream was open for long enough to tell.</p>"
            + table.render()
    }
}
