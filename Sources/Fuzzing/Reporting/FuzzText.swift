import Verdict
import Vocabulary

/// What a run came to, for a terminal.
public struct FuzzText {
    private let summary: FuzzSummary

    /// The text of a summary.
    public init(_ summary: FuzzSummary) { self.summary = summary }

    /// The lines.
    public var lines: [String] {
        var lines = [head] + FindingText.watched(summary.proven)
        for finding in summary.findings {
            lines.append("")
            lines.append(
                "\(finding.finding.severity.rawValue.uppercased()) \(finding.finding.id): \(finding.finding.title)"
            )
            lines += finding.finding.evidence.map { "  \($0)" }
            if !finding.steps.isEmpty {
                lines.append("  the case\(finding.number.map { " (from number \($0))" } ?? ""):")
                lines += finding.steps.map { "    \($0.count > 160 ? $0.prefix(160) + "…" : $0[...])" }
            }
            if let file = finding.file { lines.append("  repeat it: hydrotest replay \(file)") }
        }
        if !summary.findings.isEmpty { lines.append("") }
        lines.append(last)
        return lines
    }

    private var head: String {
        let kinds = CaseKind.allCases.compactMap { kind in
            summary.cases[kind].map { "\(NumberText.grouped(Int($0))) \(kind.rawValue)" }
        }
        let rate = NumberText.grouped(Int(summary.rate))
        let cases = NumberText.grouped(Int(summary.total))
        return
            "fuzz \(summary.target), seed \(summary.seed): \(cases) cases (\(kinds.joined(separator: ", "))), \(rate)/s"
    }

    private var last: String {
        let corpus = summary.corpusAdded > 0 ? "; \(summary.corpusAdded) cases added to the corpus" : ""
        let found = summary.findings.filter { $0.finding.id != FindingKind.leaksNotWatched.id }
        guard !found.isEmpty else {
            let limit = found.count == summary.findings.count ? "" : "; leaks were not looked for"
            return "PASS: nothing was found\(limit)\(corpus)"
        }
        return "\(summary.passed ? "PASS" : "FAIL"): \(found.count) found\(corpus)"
    }
}

/// What was found, in words.
enum FindingText {
    /// A finding that a case shows.
    static func finding(
        _ key: Problem.Key,
        _ evidence: [String],
        _ replay: Replay,
        _ others: Set<Problem.Key>
    ) -> Finding {
        var sentences = evidence
        if replay.copies > 1 { sentences.append("it takes \(replay.copies) copies of the case at once") }
        if !others.isEmpty {
            sentences.append("the case also shows: \(others.map(\.text).sorted().joined(separator: ", "))")
        }
        return Finding(id: key.id, severity: .failure, title: title(key), evidence: sentences)
    }

    /// A finding that no case shows: a failure where the server went, or where it was seen too often to be chance.
    ///
    /// - Parameters:
    ///   - times: how often it was seen.
    ///   - end: how the server went; nil where it did not.
    ///   - folder: where the cases lie that may have ended it.
    static func unrepeated(
        _ key: Problem.Key,
        _ times: Int,
        _ end: ServerEnd? = nil,
        folder: String? = nil
    ) -> Finding {
        let seen = times == 1 ? "seen once" : "seen \(times) times"
        var evidence = end?.problem.evidence ?? []
        if let absence = end?.absence {
            evidence.append("\(seen), and not tried again: \(absence)")
        } else {
            evidence.append("\(seen), and not again when the cases of its batch were repeated")
        }
        if let folder, let end {
            let count = min(end.suspects.count, FuzzLimits.writtenSuspects)
            evidence.append("the last \(count == 1 ? "case" : "\(count) cases") before it: \(folder)")
        }
        let fails = key.isFatal || times >= FuzzLimits.sightings
        return Finding(id: key.id, severity: fails ? .failure : .warning, title: title(key), evidence: evidence)
    }

    /// What was watched for leaks, and what of it cannot be relied on; nothing where no gauge was read.
    static func watched(_ proven: ProvenGauges) -> [String] {
        func list(_ names: [String]) -> String { names.joined(separator: ", ") }
        func gauges(_ standings: GaugeStanding...) -> [ProvenGauges.Gauge] {
            proven.gauges.filter { standings.contains($0.standing) }
        }
        let shown = gauges(.seesStreams, .lagging).map(\.name)
        let process = gauges(.seesProcesses).map(\.name)
        let others = gauges(.blind, .unproven).map(\.name)
        var lines: [String] = []
        if !shown.isEmpty { lines.append("watched for leaks: \(list(shown)) (open streams move them)") }
        if !process.isEmpty { lines.append("also watched: \(list(process)) (of the process)") }
        if !others.isEmpty { lines.append("also watched: \(list(others)) (open streams do not move them)") }
        let counters = gauges(.total).map(\.name)
        if !counters.isEmpty {
            lines.append("not watched: \(list(counters)): never came down, as a counter or a pool that fills")
        }
        let split = gauges(.severalProcesses).map(\.name)
        if !split.isEmpty {
            lines.append(
                "not watched: \(list(split)): several processes answer by turns; name them with `urls:` or `instance:`"
            )
        }
        for gauge in proven.gauges where gauge.standing == .lagging {
            let lag = NumberText.threeDigits(gauge.lag)
            lines.append("\(gauge.name) is \(lag) s late, as from a cache or a sweep: each batch waits for it")
        }
        return lines
    }

    /// That leaks were not looked for; nil where a gauge shows streams.
    static func notWatched(_ proven: ProvenGauges) -> Finding? {
        guard !proven.seesStreams else { return nil }
        let advice = "Give a profile with --profile whose `probes` read what the server holds of its clients."
        guard !proven.gauges.isEmpty else {
            return Finding(
                .leaksNotWatched,
                .info,
                "Leaks were not looked for: no gauge is read",
                evidence: [advice]
            )
        }
        let names = proven.gauges.map(\.name).joined(separator: ", ")
        return Finding(
            .leaksNotWatched,
            .warning,
            "Leaks were not looked for: no gauge shows open streams",
            evidence: ["Read were: \(names).", "None of them shows the streams that were opened first.", advice]
        )
    }

    private static func title(_ key: Problem.Key) -> String {
        let title = ProblemName.titles.first { $0.id == key.id }?.title ?? key.id
        return key.gauge.isEmpty ? title : "\(title): \(key.gauge)"
    }

    /// A finding in a line.
    static func line(_ finding: FuzzFinding) -> String {
        let seconds = NumberText.threeDigits(finding.seconds)
        let place = finding.file.map { ": \($0)" } ?? ""
        return "\(finding.finding.id) after \(seconds) s, in \(steps(finding.steps.count))\(place)"
    }

    private static func steps(_ count: Int) -> String { count == 1 ? "1 step" : "\(count) steps" }
}
