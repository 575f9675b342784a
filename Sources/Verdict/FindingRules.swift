import Record
import RunProfile
import Vocabulary

/// What of a record is worth a finding; each rule is a function of its own.
struct FindingRules {
    /// The run.
    let record: RunRecord
    /// What the run was held to.
    let thresholds: [Threshold]
    /// The gauges, judged, with their leaks.
    let traced: [(verdict: GaugeVerdict, leaks: [Leak])]
    /// Knows why a leak could not be traced.
    let tracer: LeakTracer
    /// How the gauges grew under constant load, and what of it is allowed.
    let growth: GrowthJudge
    /// What the gauges have proven.
    let proof: GaugeProof
    /// What of the server's state was watched.
    let watched: WatchedGauges
    /// Tells the silences of many streams at once by what they were.
    let silences: SilenceJudge
    /// The window of a race; nil where none was found, or looked for.
    let window: RaceWindow?

    /// The rules for a record, with what several of them go by.
    init(
        record: RunRecord,
        thresholds: [Threshold],
        traced: [(verdict: GaugeVerdict, leaks: [Leak])],
        tracer: LeakTracer,
        growth: GrowthJudge
    ) {
        self.record = record
        self.thresholds = thresholds
        self.traced = traced
        self.tracer = tracer
        self.growth = growth
        proof = GaugeProof(record)
        watched = WatchedGauges(record)
        silences = SilenceJudge(record)
        window = RaceJudge(record: record).window
    }

    /// Every finding, in the order of the kinds.
    var findings: [Finding] {
        FindingKind.allCases.flatMap { (kind: FindingKind) -> [Finding] in
            let findings = kind.find(self)
            return kind.isExcusedPastCeiling ? excused(findings) : findings
        }
    }

    /// Past its ceiling a server may fail as it likes: where a level held, what the next one did fails no run.
    private func excused(_ findings: [Finding]) -> [Finding] {
        guard record.capacity?.held != nil else { return findings }
        return findings.map { finding in
            var finding = finding
            if finding.severity == .failure { finding.severity = .warning }
            return finding
        }
    }

    /// What was seen of heartbeats.
    var heartbeat: HeartbeatRecord { record.load.heartbeat }

    /// A finding with its evidence cut to the limit.
    ///
    /// - Parameter gauge: the series' name of the gauge that it is about; nil where it is about none.
    func finding(
        _ kind: FindingKind,
        _ severity: Severity,
        _ title: String,
        _ evidence: [String],
        gauge: String? = nil
    ) -> Finding {
        var kept = evidence
        if evidence.count > VerdictLimits.evidence {
            kept = Array(evidence.prefix(VerdictLimits.evidence - 1))
            kept.append("\(Wording.count(UInt64(evidence.count - kept.count), "line")) left out.")
        }
        return Finding(kind, severity, title, evidence: kept, gauge: gauge)
    }

    /// Names and counts, the biggest first: `ECONNRESET: 12`.
    func listed(_ counts: [String: UInt64]) -> [String] {
        let sorted = Self.sorted(counts)
        let lines = sorted.prefix(VerdictLimits.errorNames).map { "\($0.key): \(Wording.number($0.value))" }
        guard sorted.count > lines.count else { return lines }
        return lines + ["\(Wording.count(UInt64(sorted.count - lines.count), "more name")) left out."]
    }

    /// The biggest first; equals by name.
    static func sorted(_ counts: [String: UInt64]) -> [(key: String, value: UInt64)] {
        counts.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
    }
}

/// Figures as findings write them.
enum Wording {
    /// A whole number with its thousands set apart, or three significant digits without trailing zeros.
    static func number(_ value: Double) -> String {
        if value == value.rounded(), abs(value) < 1e15 { return NumberText.grouped(Int(value)) }
        var text = NumberText.threeDigits(value)
        guard text.contains(".") else { return text }
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return text
    }

    /// A whole number with its thousands set apart.
    static func number(_ value: UInt64) -> String { NumberText.grouped(Int(clamping: value)) }

    /// A span in seconds as a duration: `5.2 s`.
    static func seconds(_ value: Double) -> String { DurationText.format(Nanoseconds(seconds: max(0, value))) }

    /// A count with its noun: `1 stream`, `1,200 streams`.
    static func count(_ value: UInt64, _ singular: String, _ plural: String? = nil) -> String {
        "\(number(value)) \(value == 1 ? singular : plural ?? singular + "s")"
    }
}
