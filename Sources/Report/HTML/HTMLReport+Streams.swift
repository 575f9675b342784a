import Record
import Vocabulary

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

extension HTMLReport {
    /// What became of published messages; nil where nothing was published.
    func deliverySection() -> HTMLSection? {
        guard let deliveries = document.delivery, !deliveries.isEmpty else { return nil }
        let sentence =
            "From a message's scheduled moment to a stream (delivery), to the server's answer (answer), and from the "
            + "first stream that got it to the last (spread)."
        let named = (document.record.load.deliveries ?? []).flatMap { delivery in
            let publishing = delivery.publishing ?? PublishingCounts()
            return [
                (name: "delivery", histogram: delivery.latency), (name: "answer", histogram: publishing.answer),
                (name: "spread", histogram: publishing.spread),
            ]
        }
        let chart = SVGPercentileChart(
            id: "plot-delivery",
            title: "Delivery by percentile",
            description: sentence,
            latencies: named
        )
        let accepted = deliveries.reduce(0 as UInt64) { $0.saturatingAdding($1.accepted) }
        return HTMLSection(
            id: "delivery",
            title: "Delivery",
            lead: "\(FigureText.counted(accepted, "message")) published, and what every stream got of them.",
            body: deliveryTable(deliveries) + publishingTable(deliveries)
                + "<div class=\"plots\">"
                + figure(title: "By percentile", sentence: sentence, plot: chart.render())
                + "<div>\(delayTable(deliveries))</div></div>"
        )
    }

    private func deliveryTable(_ deliveries: [DeliverySummary]) -> String {
        func figures(_ counts: [UInt64]) -> [HTMLTable.Cell] { counts.map { .text(FigureText.count($0)) } }
        let rows = deliveries.flatMap { delivery -> [[HTMLTable.Cell]] in
            let whole: [UInt64] = [
                delivery.streams, delivery.owed, delivery.received, delivery.lost, delivery.duplicated,
                delivery.outOfOrder, delivery.stale, delivery.replayed,
            ]
            let parts = delivery.scenarios.map { part -> [HTMLTable.Cell] in
                let counts = part.counts
                return [.text("… \(part.scenario)")]
                    + figures([
                        counts.streams, counts.owed, counts.received, counts.lost, counts.duplicated,
                        counts.outOfOrder, counts.stale, counts.replayed,
                    ])
            }
            return [[.text(delivery.publisher)] + figures(whole)] + parts
        }
        return HTMLTable(
            caption: "Messages at the streams",
            columns: [.text("Publisher")]
                + ["Streams", "Owed", "Received", "Lost", "Duplicated", "Out of order", "Stale", "Replayed"]
                .map { .figure($0) },
            rows: rows
        ).render()
    }

    private func publishingTable(_ deliveries: [DeliverySummary]) -> String {
        HTMLTable(
            caption: "Messages at the server",
            columns: [.text("Publisher")]
                + ["Scheduled", "Sent", "Accepted", "Failed", "Sent late"].map { .figure($0) },
            rows: deliveries.map { delivery in
                [.text(delivery.publisher)]
                    + [delivery.scheduled, delivery.sent, delivery.accepted, delivery.failed, delivery.late]
                    .map { .text(FigureText.count($0)) }
            }
        ).render()
    }

    private func delayTable(_ deliveries: [DeliverySummary]) -> String {
        let rows = deliveries.flatMap { delivery -> [[HTMLTable.Cell]] in
            [("delivery", delivery.latency), ("answer", delivery.answer), ("spread", delivery.spread)]
                .compactMap { name, summary in
                    summary.map { summary in
                        [.text("\(delivery.publisher): \(name)")]
                            + [summary.p50, summary.p99, summary.p999, summary.max]
                            .map { .text(DurationText.format($0)) }
                    }
                }
        }
        return HTMLTable(
            caption: "Delivery times",
            columns: [.text("Time")] + ["p50", "p99", "p99.9", "Max"].map { .figure($0) },
            rows: rows
        ).render()
    }
}

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
