import Record
import Verdict
import Vocabulary

/// The verdict in words.
struct VerdictText {
    /// The verdict in one word: `PASS`.
    let word: String
    /// Why, in one line.
    let reason: String

    /// The words of a document's verdict.
    init(_ document: ReportDocument) {
        word = document.verdict == .pass ? "PASS" : "FAIL"
        let reason = document.verdict == .pass ? Self.passed(document) : Self.failed(document)
        self.reason = document.record.interrupted ? "The run was cut short. " + reason : reason
    }

    private static func passed(_ document: ReportDocument) -> String {
        let count = document.thresholds.count
        let warnings = document.findings.count { $0.severity == .warning }
        let held =
            switch count {
            case 0: "No finding fails the run; no threshold was set."
            case 1: "The threshold holds, and no finding fails the run."
            default: "All \(count) thresholds hold, and no finding fails the run."
            }
        let found = ceiling(document).map { $0 + ". " + held } ?? held
        return warnings == 0 ? found : found + " \(FigureText.counted(UInt64(warnings), "warning"))."
    }

    /// What a climb found, as a sentence without its end; nil where none was made.
    private static func ceiling(_ document: ReportDocument) -> String? {
        guard document.capacity != nil, let finding = document.findings.first(where: { $0.id == "capacity" }) else {
            return nil
        }
        let title = PlainText.clean(finding.title)
        return title.prefix(1).uppercased() + title.dropFirst()
    }

    private static func failed(_ document: ReportDocument) -> String {
        let findings = document.findings.filter { $0.severity == .failure }
        let broken = document.thresholds.filter { !$0.passed }
        var parts: [String] = []
        if let first = findings.first {
            let others = findings.count > 1 ? ", and \(findings.count - 1) more" : ""
            let sentence = PlainText.clean(first.title).trimmingSuffix(".") + others
            parts.append(sentence.hasSuffix("?") ? sentence : sentence + ".")
        }
        if let first = broken.first {
            let measured = FigureText.measured(first).map { " (measured: \($0))" } ?? " (not measured)"
            let count = document.thresholds.count
            let shown = PlainText.clean(first.expression, limit: 80)
            parts.append(
                broken.count == 1
                    ? "A threshold does not hold: \(shown)\(measured)."
                    : "\(broken.count) of \(count) thresholds do not hold, first \(shown)\(measured)."
            )
        }
        return parts.joined(separator: " ")
    }
}

/// One of the facts that matter first: a figure, what it counts, and a line about it.
struct Fact {
    /// How a fact reads at a glance.
    enum Tone: String {
        /// As hoped.
        case good
        /// Worth a look.
        case warning
        /// Not as hoped.
        case bad
        /// Neither, or not measured.
        case neutral
    }

    /// What it is about.
    let title: String
    /// The figure; a dash where nothing was measured.
    let figure: String
    /// What the figure counts.
    let noun: String
    /// What else is to be known, a line each.
    let details: [String]
    /// How it reads.
    let tone: Tone

    /// Leaks, streams and heartbeats, in this order.
    static func first(of document: ReportDocument) -> [Fact] {
        [leaks(document), streams(document), heartbeats(document)]
    }

    private static func leaks(_ document: ReportDocument) -> Fact {
        let leaks = document.leaks.filter { $0.class.isLeak }
        let leaking = Set(leaks.map { [$0.probe, $0.gauge] }).count
        let watched = WatchedGauges(document.record)
        if leaks.isEmpty, let reason = watched.unmeasured {
            let details = [reason.prefix(1).uppercased() + reason.dropFirst()]
            return Fact(title: "Leaks", figure: "–", noun: "not measured", details: details, tone: .neutral)
        }
        let drops = FigureText.counted(document.connections.dropped, "drop")
        if leaks.isEmpty, !watched.sawApplication {
            return Fact(
                title: "Leaks",
                figure: "0",
                noun: "gauges of the process that leak",
                details: [
                    "\(FigureText.counted(UInt64(watched.judged.count), "gauge")) of the process watched over \(drops)",
                    "What the application's own maps hold was not watched",
                ],
                tone: .warning
            )
        }
        let seeing = watched.sawApplication ? watched.seeing : watched.judged
        var details = ["\(FigureText.counted(UInt64(seeing.count), "gauge")) that see streams watched over \(drops)"]
        if let worst = leaks.first {
            let amount = LeakText.amount(worst.leaked, document.unit(of: worst))
            let place = worst.stage.map { " at \($0.rawValue)" } ?? ""
            details.insert(
                "\(PlainText.clean(worst.gauge, limit: 60)): \(amount) left by \(FigureText.counted(worst.drops, "drop"))"
                    + "\(place), \(LeakText.fate(worst.class))",
                at: 0
            )
        }
        return Fact(
            title: "Leaks",
            figure: FigureText.count(UInt64(leaking)),
            noun: leaking == 1 ? "gauge that leaks" : "gauges that leak",
            details: details,
            tone: leaks.isEmpty ? .good : .bad
        )
    }

    private static func streams(_ document: ReportDocument) -> Fact {
        let counts = document.connections
        let errors = document.errors.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        let share = FigureText.share(counts.failed, of: counts.attempted)
        var details = [
            "\(FigureText.count(counts.established)) of \(FigureText.count(counts.attempted)) connections became streams"
        ]
        if counts.dropped > 0 { details.append("\(FigureText.count(counts.dropped)) were dropped on purpose") }
        if counts.failed == 0 && errors.isEmpty {
            details.append("No errors")
        } else {
            let failed = "\(FigureText.count(counts.failed)) failed" + (share.map { " (\($0))" } ?? "")
            let first = errors.first.map { ", mostly \(PlainText.clean($0.key, limit: 40))" } ?? ""
            details.append(failed + first)
        }
        return Fact(
            title: "Streams and errors",
            figure: FigureText.count(counts.peak),
            noun: "streams at once",
            details: details,
            tone: counts.attempted == 0
                ? .neutral : counts.established == 0 ? .bad : counts.failed == 0 ? .good : .warning
        )
    }

    private static func heartbeats(_ document: ReportDocument) -> Fact {
        let heartbeat = document.heartbeat
        var details: [String] = []
        if let interval = heartbeat.interval {
            details.append("p99 interval \(DurationText.format(interval.p99))" + expectation(document))
        }
        if let silence = heartbeat.longestSilence {
            details.append("Longest silence \(DurationText.format(silence))")
        }
        if heartbeat.disconnectedWhileQuiet > 0 {
            details.append("\(FigureText.counted(heartbeat.disconnectedWhileQuiet, "stream")) ended while quiet")
        }
        guard let missed = heartbeat.missed else {
            return Fact(
                title: "Heartbeats",
                figure: heartbeat.beats > 0 ? FigureText.count(heartbeat.beats) : "–",
                noun: heartbeat.beats > 0 ? "beats" : "none expected",
                details: details,
                tone: heartbeat.disconnectedWhileQuiet > 0 ? .bad : .neutral
            )
        }
        details.insert(
            "\(FigureText.counted(heartbeat.beats, "beat")) on \(FigureText.counted(heartbeat.streams, "stream"))",
            at: 0
        )
        return Fact(
            title: "Heartbeats",
            figure: FigureText.count(missed),
            noun: "missed",
            details: details,
            tone: missed > 0 || heartbeat.disconnectedWhileQuiet > 0 ? .bad : heartbeat.beats > 0 ? .good : .neutral
        )
    }

    private static func expectation(_ document: ReportDocument) -> String {
        document.record.heartbeatExpected.map { ", expected every \(DurationText.format($0.expect))" } ?? ""
    }
}
