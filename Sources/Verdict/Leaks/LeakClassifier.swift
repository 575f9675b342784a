import Record
import Vocabulary

/// Tells the leak class of a gauge from its residuals along the ladder: load's end, settle, inactivity, publish.
///
/// | held above the slack at | and no more at | class |
/// | --- | --- | --- |
/// | no rung | | none |
/// | load's end | settle | drains |
/// | settle | inactivity | bounded |
/// | inactivity | publish | until-broadcast |
/// | the last rung | | permanent |
///
/// A rung that the profile left out cannot acquit: the worst class that fits the readings is chosen, and the evidence
/// says so. A rung that was due and could not be read cannot accuse: the mildest class that fits is chosen.
public struct LeakClassifier: Sendable {
    private static let ladder: [GaugeRecord.Rung] = [.settle, .inactivity, .publish]

    private let due: Set<GaugeRecord.Rung>
    private let cutShort: Bool
    private let publishFailed: Bool
    private let inactivity: InactivityRecord?
    private let publishes: UInt64
    private let jumps: GaugeJumpFinder
    private let proof: GaugeProof
    private let settle: Double

    /// A classifier of the gauges of a record.
    public init(record: RunRecord) {
        let phases = Set(record.phases.map(\.name))
        due = Set(Self.ladder.filter { phases.contains($0.phase) })
        jumps = GaugeJumpFinder(record: record)
        cutShort = (record.interrupted || record.serverDeath != nil) && !phases.contains(.attribution)
        publishFailed = record.publish?.failure != nil
        inactivity = record.inactivity
        proof = GaugeProof(record)
        let span = record.phases.first { $0.name == .settle }
        settle = span.map { $0.end - $0.start } ?? 0
        publishes = record.publish?.count ?? 1
    }

    /// Judges one gauge.
    public func classify(_ gauge: GaugeRecord) -> GaugeVerdict {
        var verdict = GaugeVerdict(
            probe: gauge.probe,
            gauge: gauge.gauge,
            unit: gauge.unit,
            class: nil,
            leaked: 0,
            evidence: [],
            unread: []
        )
        verdict.standing = proof.standing(of: gauge)
        verdict.isJudged = gauge.unit != .count || proof.mayJudge(gauge)
        guard gauge.baseline != nil else {
            verdict.unread = ["Its baseline could not be read."]
            return verdict
        }
        if let jump = jumps.jump(of: gauge) {
            verdict.jump = jump
            verdict.unread = ["It jumped back while it was watched: what it held is not known."]
            return verdict
        }
        verdict.evidence = LeakWording.residuals(gauge) + LeakWording.fell(gauge)
        if gauge.unit != .count {
            if gauge.residuals.isEmpty { verdict.unread = ["It could not be read after the load."] }
            verdict.class = gauge.residuals.isEmpty ? nil : LeakClass.none
            return verdict
        }
        // Nothing rests on a gauge that sees nothing, or counts up.
        guard verdict.isJudged else { return verdict }
        let slack = proof.noise(of: gauge)
        func held(_ rung: GaugeRecord.Rung) -> Bool { gauge.residual(at: rung).map { $0 > slack } ?? false }
        if let last = Self.ladder.last(where: held) {
            verdict.leaked = gauge.residual(at: last) ?? 0
            classify(gauge, heldLastAt: last, into: &verdict)
            notePolite(gauge, in: &verdict)
            noteRetained(gauge, in: &verdict)
        } else if gauge.residual(at: .settle) == nil {
            verdict.unread = [LeakWording.unread(.settle)]
        } else {
            verdict.class = held(.loadEnd) ? .drains : LeakClass.none
        }
        return verdict
    }

    private func classify(_ gauge: GaugeRecord, heldLastAt last: GaugeRecord.Rung, into verdict: inout GaugeVerdict) {
        let later = Self.ladder.drop { $0 != last }.dropFirst()
        let gone = later.first { gauge.residual(at: $0) != nil }
        let missing = later.prefix { $0 != gone }
        let unread = missing.filter { due.contains($0) || cutShort }
        let mildest: LeakClass = last == .settle ? .bounded : .untilBroadcast
        verdict.evidence += LeakWording.falls(gauge)
        if !unread.isEmpty {
            verdict.class = mildest
            verdict.isAtLeast = true
            verdict.unread = unread.map(LeakWording.unread)
            verdict.evidence.append("The class is at least \(mildest.rawValue): what came later could not be read.")
        } else if let gone {
            verdict.class = gone == .inactivity ? .bounded : .untilBroadcast
            if gone == .publish, publishes > 1 {
                verdict.evidence.append(
                    "It took \(Wording.number(publishes)) publishes: the first write to who is gone still succeeds."
                )
            }
            if !missing.isEmpty {
                verdict.evidence.append("The inactivity rung was left out: a timer may have cleaned up as well.")
            }
        } else if let fell = gauge.fell {
            verdict.class = Self.class(heldLastAt: last, fell: fell, settle: settle)
        } else {
            verdict.class = .permanent
            if !missing.isEmpty { verdict.evidence.append(LeakWording.notShownToDrain(missing)) }
        }
        if let inactivity, gauge.residual(at: .inactivity) != nil {
            verdict.evidence += LeakWording.discovered(inactivity)
        }
        if publishFailed, gone == .publish || last == .publish {
            verdict.evidence.append("The publish failed, so its rung shows only what time did.")
        }
    }

    /// The class of what went by itself after the last rung: a gauge that comes back right after a reading is not
    /// permanently up.
    private static func `class`(heldLastAt last: GaugeRecord.Rung, fell: Double, settle: Double) -> LeakClass {
        switch last {
        case .publish: .untilBroadcast
        case .inactivity: .bounded
        case .settle, .loadEnd: fell <= settle + VerdictLimits.settleGrace ? .drains : .bounded
        }
    }

    /// What calibration's own streams left is none of the load's.
    private func notePolite(_ gauge: GaugeRecord, in verdict: inout GaugeVerdict) {
        let left = (gauge.calibration?.left ?? []).reduce(0, +)
        guard left > 0, verdict.class == .permanent || verdict.class == .untilBroadcast else { return }
        // What has gone in the meantime may have been just that.
        guard (gauge.residual(at: .settle) ?? 0) - verdict.leaked < left else { return }
        if verdict.leaked > left || proof.leaksPolitely(gauge) { verdict.leaked = max(0, verdict.leaked - left) }
    }

    /// A leak grows with drops; what is held once and no more is retained.
    private func noteRetained(_ gauge: GaugeRecord, in verdict: inout GaugeVerdict) {
        guard verdict.class?.isLeak ?? false, proof.isRetained(gauge) == true, !proof.leaksPolitely(gauge) else {
            return
        }
        verdict.retained = verdict.leaked
        verdict.leaked = 0
        verdict.class = LeakClass.none
        verdict.isAtLeast = false
        verdict.unread = []
    }
}

/// What was judged of one gauge.
public struct GaugeVerdict: Equatable, Sendable {
    /// The probe that read it.
    public var probe: String
    /// The gauge's name.
    public var gauge: String
    /// What it counts.
    public var unit: GaugeRecord.Unit
    /// What becomes of its residual; nil where the readings do not tell.
    public var `class`: LeakClass?
    /// Whether the class may be a worse one, as what came later could not be read.
    public var isAtLeast = false
    /// Units at the last rung that still held any above the slack; 0 where none did.
    public var leaked: Double
    /// The residuals and what they show, a sentence each.
    public var evidence: [String]
    /// What could not be read though the judgement would have needed it, a sentence each.
    public var unread: [String]

    /// What is known of the gauge itself.
    public var standing = GaugeStanding.unproven
    /// Whether leaks are judged by it at all.
    public var isJudged = true
    /// Units that it held once and no more, however many drops followed: no leak.
    public var retained = 0.0
    /// The fall that shows that the server restarted; nil where there was none.
    var jump: GaugeJump?

    /// Whether the gauge leaks.
    public var isLeak: Bool { self.class?.isLeak ?? false }

    /// The key of the gauge's series: probe and name.
    public var seriesName: String { "\(probe).\(gauge)" }
}

extension GaugeRecord.Rung {
    /// The part of the run at whose end the rung is read.
    var phase: Phase.Name {
        switch self {
        case .loadEnd: .load
        case .settle: .settle
        case .inactivity: .inactivity
        case .publish: .publish
        }
    }
}

/// What leaks look like in plain words.
enum LeakWording {
    /// The moment of a rung.
    static func moment(_ rung: GaugeRecord.Rung) -> String {
        switch rung {
        case .loadEnd: "as the last connection ended"
        case .settle: "after the settle time"
        case .inactivity: "after the inactivity timeout"
        case .publish: "after the publish"
        }
    }

    /// The residuals in one sentence; none where none was read.
    static func residuals(_ gauge: GaugeRecord) -> [String] {
        let figures = gauge.residuals.map { residual in
            let figure = gauge.unit == .bytes ? NumberText.bytes(residual.value) : Wording.number(residual.value)
            return "\(figure) \(moment(residual.rung))"
        }
        return figures.isEmpty ? [] : ["Held above the baseline: " + figures.joined(separator: ", ") + "."]
    }

    /// What each later rung cleaned up, a sentence each.
    static func falls(_ gauge: GaugeRecord) -> [String] {
        zip(gauge.residuals, gauge.residuals.dropFirst()).compactMap { before, after in
            let fall = before.value - after.value
            guard fall > 0 else { return nil }
            switch after.rung {
            case .loadEnd: return nil
            case .settle: return "Drained within the settle time: \(Wording.number(fall))."
            case .inactivity: return "Cleaned up by the inactivity timer: \(Wording.number(fall))."
            case .publish: return "Cleaned up once something was published: \(Wording.number(fall))."
            }
        }
    }

    /// When a gauge came back to its baseline, in a sentence; none where it did not, or was never above it.
    static func fell(_ gauge: GaugeRecord) -> [String] {
        guard let fell = gauge.fell else { return [] }
        return ["It came back to its baseline \(DurationText.format(Nanoseconds(seconds: fell))) after the load's end."]
    }

    /// How the inactivity timeout is known, in a sentence; none where the profile tells it.
    static func discovered(_ inactivity: InactivityRecord) -> [String] {
        guard let streams = inactivity.discoveredFrom else { return [] }
        return [
            "The inactivity timeout of \(DurationText.format(inactivity.timeout)) was discovered: so long had "
                + "\(Wording.count(streams, "stream")) been quiet when the server ended "
                + (streams == 1 ? "it." : "them.")
        ]
    }

    /// A class in words: `at least bounded`.
    static func name(_ class: LeakClass, isAtLeast: Bool) -> String {
        (isAtLeast ? "at least " : "") + `class`.rawValue
    }

    /// A rung that was due and has no reading.
    static func unread(_ rung: GaugeRecord.Rung) -> String { "It could not be read \(moment(rung))." }

    /// Why a residual is called permanent though not every rung was tried.
    static func notShownToDrain(_ rungs: some Sequence<GaugeRecord.Rung>) -> String {
        let parts = rungs.map { $0 == .inactivity ? "the inactivity rung" : "the publish" }
        return "It was not shown to drain: " + parts.joined(separator: " and ")
            + (parts.count == 1 ? " was left out." : " were left out.")
    }

    /// Where a leak was traced to: ` at request-sent (fin)`; empty where it was traced to nothing.
    static func place(_ leak: Leak) -> String {
        guard let stage = leak.stage else { return "" }
        return " at \(stage.rawValue)" + (leak.manner.map { " (\($0.rawValue))" } ?? "")
    }

    /// What in the server cleans up late, by class.
    static func meaning(_ class: LeakClass) -> String {
        switch `class` {
        case .none, .drains: "The server cleans up in time."
        case .bounded: "Only the server's inactivity timer cleans up; its close handler does not."
        case .untilBroadcast: "Only the next write to the dead client cleans up, which a quiet topic may never bring."
        case .permanent: "Nothing that was tried cleaned it up."
        }
    }
}
