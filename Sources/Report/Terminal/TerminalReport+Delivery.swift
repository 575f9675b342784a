import Vocabulary

extension TerminalReport {
    /// What became of published messages.
    func deliveries() -> [String] {
        guard let deliveries = document.delivery, !deliveries.isEmpty else { return [] }
        return heading("Delivery")
            + deliveries.flatMap { delivery in
                var parts = [
                    "\(PlainText.clean(delivery.publisher, limit: 32)): "
                        + "\(FigureText.count(delivery.accepted)) of \(FigureText.count(delivery.scheduled)) published",
                    "\(FigureText.count(delivery.received)) received on "
                        + FigureText.counted(delivery.streams, "stream"),
                    "\(FigureText.count(delivery.lost)) lost", "\(FigureText.count(delivery.duplicated)) duplicated",
                    "\(FigureText.count(delivery.outOfOrder)) out of order",
                ]
                if delivery.failed > 0 { parts.append("\(FigureText.count(delivery.failed)) not taken") }
                if delivery.late > 0 { parts.append("\(FigureText.count(delivery.late)) sent late") }
                if delivery.stale > 0 { parts.append("\(FigureText.count(delivery.stale)) stale") }
                if delivery.replayed > 0 { parts.append("\(FigureText.count(delivery.replayed)) replayed") }
                if let latency = delivery.latency {
                    parts.append(
                        "delivery p50 \(DurationText.format(latency.p50)), p99 \(DurationText.format(latency.p99))"
                    )
                }
                if let spread = delivery.spread { parts.append("spread p99 \(DurationText.format(spread.p99))") }
                return TextLayout.wrap(parts.joined(separator: "; "), width: width, first: "  ", indent: "  ")
            }
    }
}
