import Record
import Vocabulary

extension HTMLReport {
    /// What the publish of the ladder brought, in a sentence.
    func publishLine() -> String {
        guard let publish = document.record.publish else { return "" }
        let answer =
            if let error = publish.error {
                "The publish failed: \(error)."
            } else if let status = publish.status {
                "The publish was answered with the status \(status)."
            } else {
                "The publish was not answered."
            }
        return "<p class=\"more\">\(HTMLEscaping.escape(answer))</p>"
    }

    /// What each stage and manner left when it was tried alone; those that left nothing are only counted.
    func attributionsTable() -> String {
        let attributions = document.record.attributions
        guard !attributions.isEmpty else { return "" }
        let left = attributions.filter { $0.residual > 0 }
        let table = HTMLTable(
            caption: "What each stage left when it was tried alone",
            columns: [.text("Stage"), .text("Manner"), .text("Gauge"), .figure("Drops"), .figure("Left")],
            rows: left.map { attribution in
                let gauge = document.gauges.first { $0.probe == attribution.probe && $0.gauge == attribution.gauge }
                return [
                    .code(attribution.stage.rawValue), .code(attribution.manner?.rawValue ?? "all"),
                    .text("\(attribution.gauge) (\(attribution.probe))"), .text(FigureText.count(attribution.drops)),
                    .text(LeakText.amount(attribution.residual, gauge?.unit ?? .count)),
                ]
            }
        )
        let clean = attributions.count - left.count
        let rest = clean > 0 ? "<p class=\"more\">\(clean) of \(attributions.count) trials left nothing.</p>" : ""
        return "<h3>What each stage left when it was tried alone</h3>" + (left.isEmpty ? "" : table.render()) + rest
    }
}
