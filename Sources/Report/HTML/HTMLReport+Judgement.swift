import Record
import Verdict
import Vocabulary

extension HTMLReport {
    func findingsSection() -> HTMLSection {
        guard !document.findings.isEmpty else {
            return HTMLSection(
                id: "findings",
                title: "Findings",
                lead: "Nothing was found that is worth a word.",
                body: ""
            )
        }
        let items = document.findings.prefix(ReportLimits.findings).map(article)
        let more = document.findings.count - items.count
        let rest = more > 0 ? "<p class=\"more\">and \(more) more, in the JSON report</p>" : ""
        return HTMLSection(id: "findings", title: "Findings", body: items.joined() + rest)
    }

    /// A finding: what was seen, why it matters, what to look at.
    private func article(_ finding: Finding) -> String {
        let name = finding.severity.rawValue
        let evidence = finding.evidence.prefix(ReportLimits.evidence).map { "<li>\(HTMLEscaping.escape($0))</li>" }
        var parts: [(name: String, markup: String)] = []
        if !evidence.isEmpty { parts.append(("What was seen", "<ul>\(evidence.joined())</ul>")) }
        if let advice = document.advice(on: finding) {
            parts.append(("Why it matters", "<p>\(HTMLEscaping.escape(advice.matters))</p>"))
            parts.append(("What to do", "<p>\(Self.code(in: HTMLEscaping.escape(advice.look, limit: 800)))</p>"))
        }
        return "<article class=\"finding\"><p><span class=\"tag \(name)\">\(name)</span> "
            + "<code class=\"id\">\(HTMLEscaping.escape(finding.id))</code></p>"
            + "<h3>\(HTMLEscaping.escape(finding.title))</h3>"
            + parts.map { "<h4>\($0.name)</h4>\($0.markup)" }.joined() + "</article>\n"
    }

    /// Safe text with what stands between backquotes in the type of code.
    private static func code(in text: String) -> String {
        text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            .map { $0.offset % 2 == 0 ? String($0.element) : "<code>\($0.element)</code>" }.joined()
    }

    func thresholdsSection() -> HTMLSection {
        guard !document.thresholds.isEmpty else {
            return HTMLSection(id: "thresholds", title: "Thresholds", lead: "The profile sets none.", body: "")
        }
        let table = HTMLTable(
            caption: "Thresholds",
            columns: [.text("Expression"), .text("Result"), .figure("Measured")],
            rows: document.thresholds.map { result in
                [
                    .code(result.expression),
                    result.passed ? .markup("✓ holds", class: "ok") : .markup("✗ fails", class: "no"),
                    FigureText.measured(result).map { .text($0) } ?? .text("not measured"),
                ]
            }
        )
        return HTMLSection(id: "thresholds", title: "Thresholds", body: table.render())
    }

    func leaksSection() -> HTMLSection {
        HTMLSection(
            id: "leaks",
            title: "Leaks",
            lead: leaksLead(),
            body: leaksTable() + standingsTable() + residualsTable() + publishLine() + attributionsTable()
        )
    }

    private func leaksLead() -> String {
        if document.leaks.isEmpty {
            let found = WatchedGauges(document.record).nothingFound
            return found.prefix(1).uppercased() + found.dropFirst() + "."
        }
        return "What gauges still held above their baseline once every connection was gone, "
            + "for each thousand drops, with its 95% interval."
    }

    private func leaksTable() -> String {
        guard !document.leaks.isEmpty else { return "" }
        let table = HTMLTable(
            caption: "Leaks",
            columns: [
                .text("Gauge"), .text("Traced to"), .figure("Drops"), .figure("Left"), .figure("Per 1,000 drops"),
                .text("Class"),
            ],
            rows: document.leaks.map { leak in
                let unit = document.unit(of: leak)
                let name = "tag \(leak.class.isLeak ? "failure" : "info")"
                return [
                    .text("\(leak.gauge) (\(leak.probe))"),
                    LeakText.origin(leak).map { .text($0) } ?? .absent,
                    .text(FigureText.count(leak.drops)),
                    .text(LeakText.amount(leak.leaked, unit)),
                    LeakText.rate(leak, unit).map { .text($0) } ?? .absent,
                    .markup(
                        "<span class=\"\(name)\">\(LeakText.name(leak))</span> <small>\(LeakText.fate(leak.class))</small>",
                        class: "class"
                    ),
                ]
            }
        )
        return table.render()
    }

    /// What each gauge is worth, as calibration saw it.
    private func standingsTable() -> String {
        let gauges = WatchedGauges(document.record).gauges
        guard let calibration = document.record.calibration, !calibration.isOff, !gauges.isEmpty else { return "" }
        let table = HTMLTable(
            caption: "What each gauge sees",
            columns: [
                .text("Gauge"), .text("Standing"), .figure("One stream"), .figure("Seen open after"),
                .figure("Seen gone after"), .figure("Moves by itself"),
            ],
            rows: gauges.map { gauge in
                let seen = gauge.record.calibration
                return [
                    .text("\(gauge.record.gauge) (\(gauge.record.probe))"), .text(gauge.words),
                    seen?.perStream.map { .text(LeakText.amount($0, gauge.record.unit)) } ?? .absent,
                    seen?.openingLag.map { .text(FigureText.seconds($0)) } ?? .absent,
                    seen?.endingLag.map { .text(FigureText.seconds($0)) } ?? .absent,
                    seen.map { .text(LeakText.amount($0.noise, gauge.record.unit)) } ?? .absent,
                ]
            }
        )
        let streams = FigureText.counted(calibration.streams, "stream")
        return
            "<h3>What each gauge sees</h3><p>Before the load, \(streams) at a time were opened, held and ended in good "
            + "order.</p>" + table.render()
    }

    private func residualsTable() -> String {
        guard !document.gauges.isEmpty else { return "" }
        let rungs = GaugeRecord.Rung.allCases.filter { rung in document.gauges.contains { $0.residual(at: rung) != nil }
        }
        let hasFallen = document.gauges.contains { $0.fell != nil }
        let hasGaps = document.gauges.contains { !$0.gaps.isEmpty }
        let table = HTMLTable(
            caption: "What each gauge held",
            columns: [.text("Gauge"), .figure("Baseline"), .figure("Peak")]
                + rungs.map { .figure(Self.heading($0)) } + (hasFallen ? [.figure("Fell after")] : [])
                + (hasGaps ? [.text("Failed samples")] : []),
            rows: document.gauges.map { gauge in
                let figure = { (value: Double?) -> HTMLTable.Cell in
                    value.map { .text(LeakText.amount($0, gauge.unit)) } ?? .absent
                }
                let residuals = rungs.map { rung -> HTMLTable.Cell in
                    guard let value = gauge.residual(at: rung) else { return .absent }
                    let text = HTMLEscaping.escape((value > 0 ? "+" : "") + LeakText.amount(value, gauge.unit))
                    // Memory that stays, and what is there before anything had time to go, is no leak yet.
                    let isLeft = value > 0 && gauge.unit == .count && rung != .loadEnd
                    return .markup(text, class: isLeft ? "left" : value > 0 ? "above" : "zero")
                }
                let gaps = gauge.gaps.sorted { $0.key < $1.key }.map { "\($0.key) × \(FigureText.count($0.value))" }
                return [.text("\(gauge.gauge) (\(gauge.probe))"), figure(gauge.baseline), figure(gauge.peak)]
                    + residuals
                    + (hasFallen ? [gauge.fell.map { .text(FigureText.seconds($0)) } ?? .absent] : [])
                    + (hasGaps ? [gaps.isEmpty ? .absent : .text(gaps.joined(separator: ", "))] : [])
            }
        )
        return "<h3>What each gauge held above its baseline</h3>" + table.render()
    }

    private static func heading(_ rung: GaugeRecord.Rung) -> String {
        switch rung {
        case .loadEnd: "Load’s end"
        case .settle: "Settled"
        case .inactivity: "Inactivity"
        case .publish: "Published"
        }
    }
}

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
