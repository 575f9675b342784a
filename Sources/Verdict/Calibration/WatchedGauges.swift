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
