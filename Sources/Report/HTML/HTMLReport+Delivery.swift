import Record
import Vocabulary

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
        let accepted = deliveries.reduce(0 as UInt64) { $0.saturatingSum($1.accepted) }
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
