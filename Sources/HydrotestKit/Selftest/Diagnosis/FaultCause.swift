import Vocabulary

/// A fault, with all that follows from it.
struct FaultCause: Equatable {
    /// The fault.
    let fault: Fault
    /// What it explains, in whichever run of the server; what no run shows explains nothing.
    let symptoms: Set<Symptom>
    /// The faults that it has the look of as well.
    let consequences: Set<Fault>

    /// A cause from its parts.
    init(_ fault: Fault, leaks: [String] = [], findings: [String] = [], consequences: Set<Fault> = []) {
        self.fault = fault
        symptoms = Set(leaks.map(Symptom.leak)).union(findings.map(Symptom.finding))
        self.consequences = consequences
    }
}
