import Record
import Verdict
import Vocabulary

extension HTMLReport {
    /// The drops made, as a heat table of stage and manner.
    func dropsSection() -> HTMLSection {
        guard !document.drops.isEmpty else {
            return HTMLSection(id: "drops", title: "Drops", lead: "No connection was dropped on purpose.", body: "")
        }
        let matrix = DropMatrix(document.drops)
        let table = HTMLTable(
            caption: "Drops by stage and manner",
            columns: [.text("Stage")] + matrix.manners.map { .figure($0.rawValue) } + [.figure("All")],
            rows: matrix.stages.map { stage in
                let cells = matrix.manners.map { manner -> HTMLTable.Cell in
                    guard let count = matrix.count(stage, manner) else { return .absent }
                    return .markup(FigureText.count(count), class: "heat h\(Palette.shade(count, of: matrix.largest))")
                }
                return [.code(stage.rawValue)] + cells + [.text(FigureText.count(matrix.total(stage)))]
            }
        )
        return HTMLSection(
            id: "drops",
            title: "Drops",
            lead:
                "\(FigureText.counted(document.connections.dropped, "connection")) dropped on purpose: "
                + "where in their life, and how. The stronger the colour, the more.",
            body: table.render()
        )
    }

    /// The time between heartbeats.
    func heartbeatSection() -> HTMLSection {
        let expected = document.record.heartbeatExpected
        let histogram = document.record.load.heartbeat.interval
        var marks: [SVGBarChart.Mark] = []
        if let expected {
            marks.append(.init(value: expected.expect, label: "expected \(DurationText.format(expected.expect))"))
            marks.append(
                .init(
                    value: expected.longestInterval,
                    label: "late past \(DurationText.format(expected.longestInterval))"
                )
            )
        }
        let sentence =
            document.heartbeat.interval.map { interval in
                "Half of the beats come within \(DurationText.format(interval.p50)) of the one before, "
                    + "99% within \(DurationText.format(interval.p99)), all within \(DurationText.format(interval.max)). "
                    + "Counts are on a logarithmic scale."
            } ?? "No stream received two beats."
        let chart = SVGBarChart(
            id: "plot-heartbeat",
            title: "Time between heartbeats",
            description: sentence,
            histogram: histogram,
            marks: marks,
            late: expected?.longestInterval
        )
        return HTMLSection(
            id: "heartbeats",
            title: "Heartbeats",
            body: "<div class=\"plots\">"
                + figure(title: "Time between heartbeats", sentence: sentence, plot: chart.render())
                + "<div>\(heartbeatTable())</div></div>" + rhythmTables()
        )
    }

    private func heartbeatTable() -> String {
        let heartbeat = document.heartbeat
        var rows: [(String, String)] = []
        if let expected = document.record.heartbeatExpected {
            rows.append(("Expected", "\(expected.match), every \(DurationText.format(expected.expect))"))
        }
        rows.append(("Streams watched", FigureText.count(heartbeat.streams)))
        rows.append(("Beats received", FigureText.count(heartbeat.beats)))
        if let missed = heartbeat.missed { rows.append(("Beats missed", FigureText.count(missed))) }
        if let silence = heartbeat.longestSilence { rows.append(("Longest silence", DurationText.format(silence))) }
        rows.append(("Streams ended while quiet", FigureText.count(heartbeat.disconnectedWhileQuiet)))
        rows += RhythmText(document).facts
        return Self.pairs("Heartbeats", rows)
    }

    /// The latencies by percentile.
    func latencySection() -> HTMLSection {
        let named = document.record.load.latency.named
        guard !document.latency.named.isEmpty else {
            return HTMLSection(id: "latency", title: "Latency", lead: "None was measured.", body: "")
        }
        let table = HTMLTable(
            caption: "Latencies",
            columns: [
                .text("Latency"), .figure("p50"), .figure("p90"), .figure("p99"), .figure("p99.9"),
                .figure("Max"),
            ],
            rows: document.latency.named.map { name, summary in
                let figures = [summary.p50, summary.p90, summary.p99, summary.p999, summary.max]
                let line = named.firstIndex { $0.name == name } ?? 0
                return [
                    .markup(
                        PlotPaint.swatch(line) + HTMLEscaping.escape(name),
                        class: "key"
                    )
                ] + figures.map { .text(DurationText.format($0)) }
            }
        )
        let sentence =
            "Each further nine takes the same room, so the tail is as wide as the rest; "
            + "a line ends at its largest value."
        let chart = SVGPercentileChart(
            id: "plot-latency",
            title: "Latency by percentile",
            description: sentence,
            latencies: named
        )
        let warning = document.generator.saturated ? "The generator was saturated: these figures are unreliable. " : ""
        return HTMLSection(
            id: "latency",
            title: "Latency",
            lead: warning + "Connections count from their scheduled moment, so a stalled server cannot hide its stall.",
            body: "<div class=\"plots\">\(figure(title: "By percentile", sentence: sentence, plot: chart.render()))"
                + "<div>\(table.render())\(Self.list(document.latency.gaps))</div></div>"
        )
    }
}

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
