import Record
import Verdict
import Vocabulary

/// A report as text that is read at a glance, the verdict first.
public struct TerminalReport: Sendable {
    /// The narrowest width that is laid out for.
    public static let narrowest = 40

    let document: ReportDocument
    let width: Int
    let style: TerminalStyle

    /// The text of a document.
    ///
    /// - Parameters:
    ///   - document: what is shown.
    ///   - width: the terminal's width in characters; at least ``narrowest`` is used.
    ///   - color: whether colours are written.
    public init(_ document: ReportDocument, width: Int, color: Bool) {
        self.document = document
        self.width = max(width, Self.narrowest)
        self.style = TerminalStyle(color: color)
    }

    /// The text, each line ended; nothing from the record can move the cursor or change a colour.
    public func render() -> String {
        var blocks = [
            verdict(), capacity(), matrix(), race(), connections(), scenarios(), drops(), leaks(), heartbeats(),
            deliveries(), reconnects(), latencies(), streams(), errors(), bystanders(), stalls(), thresholds(),
            findings(),
        ]
        blocks.removeAll(where: \.isEmpty)
        return blocks.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
    }

    private func verdict() -> [String] {
        let verdict = VerdictText(document)
        let look = document.verdict == .pass ? TerminalStyle.Look.good : .bad
        var lines = TextLayout.wrap(verdict.reason, width: width, first: verdict.word + "  ", indent: "      ")
        lines[0] = style.apply(.bold, look, to: verdict.word) + lines[0].dropFirst(verdict.word.count)
        let run = [PlainText.clean(document.profile), PlainText.clean(document.environment.target)].filter {
            !$0.isEmpty
        }
        let span = FigureText.seconds(document.ended - document.started)
        lines.append(
            style.apply(
                .dim,
                to: TextLayout.cut(
                    "      " + (run + [span, "seed \(document.seed)"]).joined(separator: " · "),
                    width: width
                )
            )
        )
        return lines
    }

    private func connections() -> [String] {
        let counts = document.connections
        let parts =
            [
                "\(FigureText.count(counts.attempted)) attempted",
                "\(FigureText.count(counts.established)) established",
                "\(FigureText.count(counts.dropped)) dropped", "\(FigureText.count(counts.failed)) failed",
                "\(FigureText.count(counts.peak)) at once",
            ] + (counts.ended > 0 ? ["\(FigureText.count(counts.ended)) ended by the server"] : [])
            + (document.record.load.resumedHandshakes.map { ["\(FigureText.count($0)) TLS sessions resumed"] } ?? [])
        return heading("Connections")
            + TextLayout.wrap(parts.joined(separator: ", "), width: width, first: "  ", indent: "  ")
    }

    private func drops() -> [String] {
        guard !document.drops.isEmpty else { return [] }
        let matrix = DropMatrix(document.drops)
        // Where the manners do not fit beside one another, the stages alone are better than figures cut in half.
        let manners = matrix.manners.reduce(32) { $0 + max($1.rawValue.count, 7) + 2 } > width ? [] : matrix.manners
        return table(
            "Drops",
            ["stage"] + manners.map(\.rawValue) + ["all"],
            matrix.stages.map { stage in
                [stage.rawValue] + manners.map { matrix.count(stage, $0).map(FigureText.count) ?? "–" }
                    + [FigureText.count(matrix.total(stage))]
            }
        )
    }

    private func leaks() -> [String] {
        // A matrix says the same in less room.
        guard document.matrix == nil else { return [] }
        guard !document.leaks.isEmpty else {
            return heading("Leaks")
                + TextLayout.wrap(
                    PlainText.clean(WatchedGauges(document.record).nothingFound),
                    width: width,
                    first: "  ",
                    indent: "  "
                )
        }
        return table(
            "Leaks",
            ["gauge", "left", "per 1,000 drops", "class", "traced to"],
            document.leaks.map { leak in
                let unit = document.unit(of: leak)
                return [
                    PlainText.clean("\(leak.probe).\(leak.gauge)", limit: 32), LeakText.amount(leak.leaked, unit),
                    LeakText.rate(leak, unit) ?? "–", LeakText.name(leak), LeakText.origin(leak) ?? "–",
                ]
            }
        )
    }

    private func heartbeats() -> [String] {
        let heartbeat = document.heartbeat
        guard heartbeat.beats > 0 || heartbeat.missed != nil || heartbeat.disconnectedWhileQuiet > 0 else {
            return found()
        }
        var parts = ["\(FigureText.count(heartbeat.beats)) beats on \(FigureText.counted(heartbeat.streams, "stream"))"]
        if let missed = heartbeat.missed { parts.append("\(FigureText.count(missed)) missed") }
        if let interval = heartbeat.interval {
            parts.append(
                "interval p50 \(DurationText.format(interval.p50)), p99 \(DurationText.format(interval.p99)), "
                    + "max \(DurationText.format(interval.max))"
            )
        }
        if let silence = heartbeat.longestSilence { parts.append("longest silence \(DurationText.format(silence))") }
        if heartbeat.disconnectedWhileQuiet > 0 {
            parts.append("\(FigureText.count(heartbeat.disconnectedWhileQuiet)) ended while quiet")
        }
        return heading("Heartbeats")
            + TextLayout.wrap(parts.joined(separator: "; "), width: width, first: "  ", indent: "  ")
            + RhythmText(document).lines.flatMap { TextLayout.wrap($0, width: width, first: "  ", indent: "  ") }
    }

    /// What beats where nothing was expected.
    private func found() -> [String] {
        guard document.heartbeat.discovered != nil else { return [] }
        return heading("Heartbeats")
            + RhythmText(document).lines.flatMap { TextLayout.wrap($0, width: width, first: "  ", indent: "  ") }
    }

    private func latencies() -> [String] {
        guard !document.latency.named.isEmpty else { return [] }
        let lines = table(
            "Latencies",
            ["", "p50", "p90", "p99", "max"],
            document.latency.named.map { name, summary in
                [name] + [summary.p50, summary.p90, summary.p99, summary.max].map(DurationText.format)
            }
        )
        let gaps = document.latency.gaps.flatMap { TextLayout.wrap($0, width: width, first: "  ", indent: "  ") }
        let unreliable = "  The generator was saturated: these figures are unreliable."
        return document.generator.saturated ? lines + gaps + [style.apply(.warning, to: unreliable)] : lines + gaps
    }
}

extension TerminalReport {
    func thresholds() -> [String] {
        guard !document.thresholds.isEmpty else { return [] }
        return heading("Thresholds")
            + document.thresholds.prefix(ReportLimits.rows).map { result in
                let measured = FigureText.measured(result) ?? "not measured"
                let text = TextLayout.cut(" \(PlainText.clean(result.expression))  (\(measured))", width: width - 3)
                return "  " + style.apply(result.passed ? .good : .bad, to: result.passed ? "✓" : "✗") + text
            }
    }

    func findings() -> [String] {
        guard !document.findings.isEmpty else { return [] }
        let shown = document.findings.prefix(ReportLimits.findings).flatMap(lines)
        let more = document.findings.count - ReportLimits.findings
        return heading("Findings") + shown + (more > 0 ? ["  and \(more) more, in the JSON report"] : [])
    }

    private func lines(_ finding: Finding) -> [String] {
        let look: TerminalStyle.Look =
            switch finding.severity {
            case .info: .dim
            case .warning: .warning
            case .failure: .bad
            }
        let word = finding.severity.rawValue
        var lines = TextLayout.wrap(PlainText.clean(finding.title), width: width, first: "  \(word): ", indent: "    ")
        lines[0] = "  " + style.apply(look, to: word) + lines[0].dropFirst(2 + word.count)
        for sentence in document.sentences(finding) {
            lines += TextLayout.wrap(PlainText.clean(sentence), width: width, first: "    ", indent: "    ")
        }
        return lines
    }

    /// A block's heading.
    func heading(_ text: String) -> [String] { [style.apply(.bold, to: text)] }

    /// A block that is a table.
    func table(_ title: String, _ headings: [String], _ rows: [[String]]) -> [String] {
        var lines = TextTable(headings: headings, rows: rows).lines(width: width)
        lines[0] = style.apply(.dim, to: lines[0])
        return heading(title) + lines
    }
}

extension TerminalReport {
    /// The levels of a climb, the last ones where they are many.
    func capacity() -> [String] {
        guard let levels = document.capacity?.levels, !levels.isEmpty else { return [] }
        let text = LevelText(levels.suffix(ReportLimits.levels), isBrief: true)
        let left = levels.count - text.rows.count
        return table("Capacity", text.headings, text.rows)
            + (left > 0 ? ["  and \(left) lower levels that held"] : [])
    }
}

extension TerminalReport {
    /// The gauges of a drop matrix that leak, a table each, and the names of those that do not.
    func matrix() -> [String] {
        guard let matrix = document.matrix else { return [] }
        var lines = heading("Drop matrix") + ["  " + MatrixText.key]
        for gauge in matrix.gauges where gauge.leaks {
            let text = MatrixText(gauge)
            let name = PlainText.clean("\(gauge.probe).\(gauge.gauge)", limit: 40)
            lines += TextTable(
                headings: [name] + text.manners.map(\.rawValue),
                rows: text.stages.map { stage in
                    [stage.rawValue] + text.manners.map { text.figure(text.cell(stage, $0)) }
                }
            ).lines(width: width)
            lines += text.classes.flatMap { TextLayout.wrap($0, width: width, first: "  ", indent: "    ") }
        }
        let clean = MatrixText.clean(matrix).map { PlainText.clean($0, limit: 40) }.joined(separator: ", ")
        if !clean.isEmpty { lines += TextLayout.wrap(clean, width: width, first: "  clean: ", indent: "    ") }
        if let cutShort = MatrixText.cutShort(matrix) { lines.append("  " + cutShort) }
        return lines
    }
}

extension TerminalReport {
    /// The share of leaks over the delay, as bars; those inside the window are full.
    func race() -> [String] {
        guard let race = document.race, race.window != nil, let curve = RaceCurve(race, steps: ReportLimits.raceRows)
        else { return [] }
        let room = max(10, min(40, width - 32))
        let rows = curve.steps.map { step in
            let bar = String(repeating: step.isInside ? "█" : "░", count: Int((step.share * Double(room)).rounded()))
            return [
                "\(DurationText.format(Nanoseconds(step.middle)))", FigureText.share(step.share),
                FigureText.count(step.drops), bar + String(repeating: " ", count: room - bar.count),
            ]
        }
        let stage = race.stage.map { " after \($0.rawValue)" } ?? ""
        return table("Leaks over the delay\(stage) (\(race.manner.rawValue))", ["delay", "leaked", "drops", ""], rows)
    }
}

extension TerminalReport {
    func scenarios() -> [String] {
        guard let scenarios = document.scenarios else { return [] }
        let text = ScenarioText(scenarios, isBrief: true)
        return table("Scenarios", text.headings, text.rows)
    }

    func streams() -> [String] {
        let text = StreamText(document)
        guard !text.rows.isEmpty else { return [] }
        return heading("Streams")
            + text.rows.flatMap { row in
                TextLayout.wrap(row.figures, width: width, first: "  \(row.name): ", indent: "    ")
            }
    }
}

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

extension TerminalReport {
    /// How closed streams came back.
    func reconnects() -> [String] {
        guard let reconnect = document.reconnect, !reconnect.closed.isEmpty else { return [] }
        let text = ReconnectText(reconnect: reconnect)
        let figures = text.pairs.map { "\($0.0.prefix(1).lowercased() + $0.0.dropFirst()) \($0.1)" }
        return heading("Reconnects")
            + TextLayout.wrap(figures.joined(separator: "; "), width: width, first: "  ", indent: "  ")
            + text.drops.flatMap { TextLayout.wrap($0, width: width, first: "  ", indent: "  ") }
    }
}

extension TerminalReport {
    /// The errors with their faces; their counts alone where a record of an older version has no more.
    func errors() -> [String] {
        guard !document.errors.isEmpty else { return [] }
        guard let text = ErrorText(document) else {
            let sorted = document.errors.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            let rows = sorted.map { [PlainText.clean($0.key, limit: 60), FigureText.count($0.value)] }
            return heading("Errors") + TextTable(headings: [], rows: rows).lines(width: width).dropFirst()
        }
        let rows = text.rows.map { row in [PlainText.clean(row[0], limit: 60)] + row.dropFirst() }
        return table("Errors", text.headings, rows)
            + text.sentences.flatMap { TextLayout.wrap(PlainText.clean($0), width: width, first: "  ", indent: "    ") }
    }

    /// What ordinary requests beside the streams saw.
    func bystanders() -> [String] {
        guard let bystanders = document.bystanders, !bystanders.isEmpty else { return [] }
        let text = BystanderText(bystanders)
        return table("Bystanders", text.headings, text.rows)
    }

    /// What became of stalled connections.
    func stalls() -> [String] {
        guard let stalls = document.stalls, !stalls.isEmpty else { return [] }
        let text = StallText(stalls)
        return table("Stalled connections", text.headings, text.rows)
    }
}
