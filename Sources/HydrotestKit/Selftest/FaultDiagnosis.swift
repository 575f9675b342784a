import Record
import Verdict
import Vocabulary

/// Which known faults a server shows in its runs: a pure function of what happened and what was judged of it.
///
/// It is not told which fault was switched on, nor whether any was.
public struct FaultDiagnosis: Equatable, Sendable {
    private var causes: [FaultCause] = []
    private var held: [HeldSymptom] = []

    /// Nothing found.
    public init() {}

    /// The faults that one run shows.
    public init(_ record: RunRecord, _ judgement: Judgement) {
        let symptoms = Symptoms(record, judgement)
        causes = symptoms.causes
        held = symptoms.held
    }

    /// Adds what another run of the same server shows.
    public mutating func merge(_ other: FaultDiagnosis) {
        causes += other.causes
        held += other.held
    }

    /// The faults that the runs show; one that follows from another is none of its own.
    public var faults: Set<Fault> {
        Set(causes.map(\.fault)).subtracting(causes.flatMap(\.consequences))
    }

    /// What the runs hold against the server that no fault explains, a few words each.
    public var unexplained: [String] {
        let explained = causes.reduce(into: Set<Symptom>()) { $0.formUnion($1.symptoms) }
        return held.filter { !explained.contains($0.symptom) }.map(\.words)
    }
}

/// A fault, with all that follows from it.
struct FaultCause: Equatable {
    /// The fault.
    let fault: Fault
    /// What it explains, in whichever run of the server; what no run shows explains nothing.
    let symptoms: Set<Symptom>
    /// The faults that it has the look of as well.
    let consequences: Set<Fault>

    /// A cause from its parts.
    init(_ fault: Fault, leaks: [String] = [], findings: [FindingKind] = [], consequences: Set<Fault> = []) {
        self.fault = fault
        symptoms = Set(leaks.map(Symptom.leak)).union(findings.map { Symptom.finding($0.id) })
        self.consequences = consequences
    }
}

/// What a run shows, in the form that causes are looked for.
struct Symptoms {
    let record: RunRecord
    let judgement: Judgement

    /// The symptoms of a run.
    init(_ record: RunRecord, _ judgement: Judgement) {
        self.record = record
        self.judgement = judgement
    }

    /// Findings that accuse a server without failing the run.
    private static let accusingWarnings: Set<FindingKind> = [
        .streamsEnded, .heartbeatStops, .heartbeatDrift, .heartbeatHerd, .serverStalled, .streamsHarmOthers,
        .noHandshakeTimeout,
    ]

    /// The faults that explain what the run shows.
    var causes: [FaultCause] {
        // What comes after a death is its consequence.
        if let death = crash ?? lateCrash { return [death] }
        return ofLeaks + (hardToRead + ofStreams + ofComingBack + ofOthers).compactMap(\.self)
    }

    /// All that the run holds against the server.
    var held: [HeldSymptom] {
        let leaks = Set(judgement.leaks.map { "\($0.probe).\($0.gauge)" }).sorted().map { name in
            HeldSymptom(symptom: .leak(name), words: "\(name): \(describe(name))")
        }
        let findings = judgement.findings.filter { finding in
            finding.kind != .leak && (finding.kind != .serverStalled || hasPaused)
                && (finding.severity == .failure
                    || finding.severity == .warning && finding.kind.map(Self.accusingWarnings.contains) == true)
        }
        return leaks + findings.map { HeldSymptom(symptom: .finding($0.id), words: $0.id) }
    }

    /// The leak of a gauge; nil where it does not leak.
    func leak(_ name: String) -> LeakSymptom? {
        LeakSymptom(judgement.leaks.filter { "\($0.probe).\($0.gauge)" == name })
    }

    /// Whether a finding was made.
    func hasFinding(_ kind: FindingKind) -> Bool { judgement.findings.contains { $0.kind == kind } }

    private func describe(_ name: String) -> String {
        guard let leak = leak(name) else { return "" }
        let places = leak.stages.sorted().map(\.rawValue) + leak.manners.sorted { $0.order < $1.order }.map(\.rawValue)
        return ([leak.leakClass.rawValue] + places).joined(separator: ", ")
    }
}

/// Something that a run holds against a server.
enum Symptom: Hashable {
    /// A leak of a gauge, by its series' name.
    case leak(String)
    /// A finding, by its id.
    case finding(String)
}

/// A symptom of a run, in words.
struct HeldSymptom: Equatable {
    /// The symptom.
    let symptom: Symptom
    /// What it is, in a few words.
    let words: String
}

/// What a run tells of one leaking gauge.
struct LeakSymptom: Equatable {
    /// What becomes of what is left.
    let leakClass: LeakClass
    /// The stages that it was traced to.
    let stages: Set<Stage>
    /// The manners that it was traced to.
    let manners: Set<Manner>

    /// A gauge's leaks, all of one class.
    init?(_ leaks: [Leak]) {
        guard let first = leaks.first else { return nil }
        leakClass = first.class
        stages = Set(leaks.compactMap(\.stage))
        manners = Set(leaks.compactMap(\.manner))
    }

    /// Whether it goes on in the open stream.
    var reachesStream: Bool { stages.max().map { $0 >= .headersReceived } ?? false }
}
