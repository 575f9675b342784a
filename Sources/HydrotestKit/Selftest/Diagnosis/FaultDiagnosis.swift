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
