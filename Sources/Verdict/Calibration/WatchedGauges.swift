import Record
import Vocabulary

/// What a run watched of the server's state, and what it did not: the words beside every verdict on leaks.
public struct WatchedGauges: Sendable {
    /// A gauge that counts, and what is known of it.
    public struct Gauge: Sendable {
        /// The gauge.
        public let record: GaugeRecord
        /// What is known of it.
        public let standing: GaugeStanding
        /// What is known of it, in a line: `sees streams (1 a stream)`.
        public let words: String
    }

    /// Every gauge that is no memory, in the record's order.
    public let gauges: [Gauge]
    /// The gauges whose silence says that the application holds nothing.
    public let seeing: [Gauge]
    /// The gauges by which leaks were judged, the process's own included.
    public let judged: [Gauge]
    /// Why nothing can be said of leaks; nil where something can.
    public let unmeasured: String?

    /// What a run watched.
    public init(_ record: RunRecord) {
        let proof = GaugeProof(record)
        gauges = record.gauges.filter { $0.unit != .bytes }.map { gauge in
            let standing = proof.standing(of: gauge)
            return Gauge(record: gauge, standing: standing, words: Self.words(gauge, standing, proof))
        }
        let read = gauges.filter { $0.record.baseline != nil }
        seeing = read.filter { proof.acquits($0.record) }
        judged = read.filter { proof.mayJudge($0.record) }
        let settled = record.gauges.contains { $0.residuals.contains { $0.rung != .loadEnd } }
        let isWhole = settled || record.matrix != nil || record.race != nil
        if record.gauges.isEmpty {
            unmeasured = "no probe reads the server's state"
        } else if !isWhole {
            unmeasured =
                record.interrupted
                ? "the run was cut short before its gauges had settled" : "no gauge was read to the end"
        } else if judged.isEmpty {
            unmeasured = read.isEmpty ? "no gauge could be read" : "no gauge sees streams"
        } else {
            unmeasured = nil
        }
    }

    /// Whether something of the application itself was watched, and not only its process.
    public var sawApplication: Bool { !seeing.isEmpty }

    /// What was found where nothing leaked, never a bare "none": `none in state.clients, state.timers`.
    public var nothingFound: String {
        if let unmeasured { return "not measured: \(unmeasured)" }
        guard sawApplication else {
            return "none in the process (\(Self.list(judged))); what the application's own maps hold was not watched"
        }
        return "none in \(Self.list(seeing))"
    }

    /// What was not watched, a line each; empty where all gauges see streams.
    public var blindSpots: [String] {
        gauges.filter { gauge in !seeing.contains { $0.record.seriesName == gauge.record.seriesName } }
            .map { "\($0.record.seriesName): \($0.words)" }
    }

    /// How to see what the application holds, in a sentence.
    public static let nextStep =
        "Let a probe read the application's own count of its streams: a debug endpoint (`http:`), `prometheus:`, or "
        + "`inspector:` for Node."

    private static func list(_ gauges: [Gauge]) -> String {
        let names = gauges.prefix(VerdictLimits.namedGauges).map(\.record.seriesName)
        let more = gauges.count - names.count
        return names.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
    }

    private static func words(_ gauge: GaugeRecord, _ standing: GaugeStanding, _ proof: GaugeProof) -> String {
        switch standing {
        case .seesStreams:
            return "sees streams" + (gauge.calibration?.perStream.map { " (\(Wording.number($0)) a stream)" } ?? "")
                + (gauge.calibration?.summed.flatMap { $0 > 1 ? $0 : nil }.map {
                    ", the sum of \(Wording.count($0, "process", "processes"))"
                } ?? "")
        case .lagging: return "sees streams, lagging by \(Wording.seconds(proof.lag(of: gauge)))"
        case .seesProcesses: return "sees only the process"
        case .blind:
            return "blind: it never moved, also not while "
                + "\(Wording.count(gauge.calibration?.streams ?? 0, "stream")) stood open"
        case .total: return "a total: it only grows"
        case .severalProcesses: return "several processes: each reading is that of one of them"
        case .unproven:
            guard let calibration = gauge.calibration, calibration.streams > 0 else { return "not calibrated" }
            return calibration.noise > 0
                ? "unproven: it moves by up to \(Wording.number(calibration.noise)) by itself"
                : "unproven: it moved only under load"
        }
    }
}

extension FindingKind {
    /// The gauges were tried with too few streams, or with none.
    public static let calibrationShort = FindingKind(
        "calibration-short",
        matters: "Gauges are proven with a few streams before the load; with fewer of them less is proven.",
        look: "Look at what the server answered to the others; is there a limit of streams?"
    ) { $0.calibrationShort }
}

extension FindingRules {
    /// The server gave calibration fewer streams than it asked for.
    fileprivate var calibrationShort: Finding? {
        guard !gaugesToProve.isEmpty else { return nil }
        if record.calibration?.isOff == true {
            return finding(
                .calibrationShort,
                .info,
                "the gauges were not tried: each is taken at its word",
                ["The profile says `calibrate: false` under `leak`."]
            )
        }
        guard let calibration = record.calibration, !calibration.isOff, calibration.asked > 0,
            calibration.streams < calibration.asked
        else { return nil }
        return finding(
            .calibrationShort,
            .warning,
            "the gauges were tried with \(Wording.number(calibration.streams)) streams: the server gave no more of "
                + Wording.number(calibration.asked),
            listed(calibration.errors)
        )
    }
}

extension FindingKind {
    /// No gauge saw what the application holds.
    public static let leaksNotWatched = FindingKind(
        "leaks-not-watched",
        matters: "A client that stays in one of the server's own maps is seen in no count of sockets or descriptors.",
        look: WatchedGauges.nextStep + " `hydrotest init` looks for one in the common places."
    ) { $0.leaksNotWatched }
}

extension FindingRules {
    fileprivate var leaksNotWatched: Finding? {
        guard !gaugesToProve.isEmpty else { return nil }
        guard !watched.sawApplication, record.calibration?.isOff != true, record.calibration != nil else { return nil }
        guard !traced.contains(where: { $0.verdict.isLeak }) else { return nil }
        let title =
            watched.unmeasured.map { "leaks were not measured: \($0)" }
            ?? "leaks were looked for in the process only: what the application's own maps hold was not watched"
        return finding(.leaksNotWatched, .warning, title, watched.blindSpots + [WatchedGauges.nextStep])
    }
}

extension FindingKind {
    /// Gauges never moved while streams were open.
    public static let gaugeBlind = FindingKind(
        "gauge-blind",
        matters: "A gauge that stands still while streams are open cannot show what they leave behind.",
        look: "Check where it points: another member, another instance, another process?"
    ) { $0.gaugeBlind }
}

extension FindingRules {
    /// Gauges that never moved while streams were open.
    fileprivate var gaugeBlind: Finding? {
        guard !gaugesToProve.isEmpty else { return nil }
        let blind = watched.gauges.filter { $0.standing == .blind }
        guard !blind.isEmpty, watched.sawApplication else { return nil }
        let names = blind.prefix(VerdictLimits.namedGauges).map(\.record.seriesName).joined(separator: ", ")
        return finding(
            .gaugeBlind,
            .info,
            "\(names): never moved, so no verdict rests on \(blind.count == 1 ? "it" : "them")",
            blind.map { "\($0.record.seriesName): \($0.words)." }
        )
    }

    /// The gauges that are asked what they are worth; none where the run was cut short, which one line tells.
    var gaugesToProve: [GaugeRecord] {
        record.interrupted || record.serverDeath != nil ? [] : record.gauges
    }
}
