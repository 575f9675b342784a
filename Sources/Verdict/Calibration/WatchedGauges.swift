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

/// What the gauges themselves are worth, beside what they showed.
extension FindingRules {
    /// Every finding on gauges that are no proof.
    var ofGauges: [Finding] {
        // One line tells it where the run was cut short.
        guard !record.interrupted, record.serverDeath == nil, !record.gauges.isEmpty else { return [] }
        let watched = WatchedGauges(record)
        let proof = GaugeProof(record)
        return [calibrationShort, leaksNotWatched(watched), blindGauges(watched)].compactMap(\.self)
            + record.gauges.flatMap { gauge in
                [
                    leaksPolitely(gauge, proof), retained(gauge, proof), severalProcesses(gauge, proof),
                    lagging(gauge, proof), total(gauge, proof), vague(gauge, proof),
                ].compactMap(\.self)
            }
    }

    /// No gauge saw what the application holds.
    private func leaksNotWatched(_ watched: WatchedGauges) -> Finding? {
        guard !watched.sawApplication, record.calibration?.isOff != true, record.calibration != nil else { return nil }
        guard !traced.contains(where: { $0.verdict.isLeak }) else { return nil }
        let title =
            watched.unmeasured.map { "leaks were not measured: \($0)" }
            ?? "leaks were looked for in the process only: what the application's own maps hold was not watched"
        return finding(.leaksNotWatched, .warning, title, watched.blindSpots + [WatchedGauges.nextStep])
    }

    private func blindGauges(_ watched: WatchedGauges) -> Finding? {
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

    /// The server gave calibration fewer streams than it asked for.
    private var calibrationShort: Finding? {
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

    private func leaksPolitely(_ gauge: GaugeRecord, _ proof: GaugeProof) -> Finding? {
        guard proof.leaksPolitely(gauge) else { return nil }
        let left = proof.leftByWaves(gauge).map { Wording.number($0) }.joined(separator: ", ")
        let streams = Wording.count(gauge.calibration?.streams ?? 0, "stream")
        return finding(
            .leaksPolitely,
            .failure,
            "\(gauge.gauge): leaks even when the client leaves politely",
            [
                "\(streams) at a time were opened before the load, read, and closed in good order; each time they left \(left).",
                "After the load \(polite(gauge, proof)).",
            ],
            gauge: gauge.seriesName
        )
    }

    private func polite(_ gauge: GaugeRecord, _ proof: GaugeProof) -> String {
        proof.trials(of: gauge).filter(\.isPolite)
            .map { "\(Wording.count($0.drops, "stream")) left \(Wording.number($0.gained))" }
            .joined(separator: ", then ")
    }

    private func retained(_ gauge: GaugeRecord, _ proof: GaugeProof) -> Finding? {
        guard let verdict = traced.first(where: { $0.verdict.seriesName == gauge.seriesName })?.verdict else {
            return nil
        }
        let early = proof.retainedByCalibration(of: gauge)
        guard verdict.retained > 0 || early > 0 else { return nil }
        let amount = Wording.number(max(verdict.retained, early))
        let trials = proof.trials(of: gauge).map { trial in
            "\(Wording.count(trial.drops, trial.isPolite ? "further stream" : "further drop")) left "
                + "\(Wording.number(trial.gained)); a leak would have left about \(Wording.number(trial.expected.rounded()))."
        }
        return finding(
            .retained,
            .warning,
            "\(gauge.seriesName): \(amount) retained: held once and no more, as by a pool or a cache",
            LeakWording.residuals(gauge) + trials + [
                "It does not grow with the drops, so it is no leak and fails nothing."
            ],
            gauge: gauge.seriesName
        )
    }

    private func severalProcesses(_ gauge: GaugeRecord, _ proof: GaugeProof) -> Finding? {
        guard proof.standing(of: gauge) == .severalProcesses else { return nil }
        let count = gauge.calibration?.processes.map { "\($0) processes" } ?? "several processes"
        return finding(
            .gaugeOfSeveralProcesses,
            .warning,
            "\(gauge.seriesName): \(count) answer by turns, and each reading is that of one",
            [
                "Its figures are a part of the truth: leaks in the others are not seen, and rates are too low.",
                "Name what tells the processes apart (`instance: /pid`), all of their addresses (`http: [..]`), or the "
                    + "processes (`instances:`), so that they are summed.",
            ],
            gauge: gauge.seriesName
        )
    }

    private func lagging(_ gauge: GaugeRecord, _ proof: GaugeProof) -> Finding? {
        guard proof.standing(of: gauge) == .lagging else { return nil }
        let lag = Wording.seconds(proof.lag(of: gauge))
        let ways = gauge.calibration.map { calibration in
            "Streams that opened were seen after \(Wording.seconds(calibration.openingLag ?? 0)), their end after "
                + "\(calibration.endingLag.map(Wording.seconds) ?? "more than \(Wording.seconds(calibration.waited))")."
        }
        return finding(
            .gaugeLags,
            .info,
            "\(gauge.seriesName): lags by \(lag), as from a cache or a sweep; it was waited for",
            [ways].compactMap(\.self) + ["Each reading that a verdict rests on was taken so much later."],
            gauge: gauge.seriesName
        )
    }

    private func total(_ gauge: GaugeRecord, _ proof: GaugeProof) -> Finding? {
        guard gauge.unit == .count, proof.standing(of: gauge) == .total else { return nil }
        return finding(
            .gaugeIsTotal,
            .info,
            "\(gauge.seriesName): only grows, so it was taken for a counter: nothing of it can leak",
            [
                "If it counts what is held now, every stream leaks: say so with `unit: count` beside its pointer.",
                "If it is a counter, `unit: total` says so.",
            ],
            gauge: gauge.seriesName
        )
    }

    private func vague(_ gauge: GaugeRecord, _ proof: GaugeProof) -> Finding? {
        guard let share = proof.smallestShare(of: gauge), share > GaugeProof.vagueShare, gauge.unit == .count,
            proof.mayJudge(gauge) || proof.isVague(gauge), gauge.isOfProcess != true
        else { return nil }
        let noise = Wording.number(gauge.calibration?.noise ?? 0)
        let percent = NumberText.threeDigits(min(100, 100 * share))
        let needed = Wording.number(((gauge.calibration?.noise ?? 0) + 1) / 0.01)
        return finding(
            .gaugeMovesByItself,
            .warning,
            proof.isVague(gauge)
                ? "\(gauge.seriesName): moves by \(noise) by itself, so it cannot tell whether anything leaks"
                : "\(gauge.seriesName): moves by \(noise) by itself, so a leak in fewer than \(percent)% of drops would not show",
            ["Other clients move it. \(needed) drops would show a leak in 1% of them; so would a quieter server."],
            gauge: gauge.seriesName
        )
    }
}
