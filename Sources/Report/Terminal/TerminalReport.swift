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
