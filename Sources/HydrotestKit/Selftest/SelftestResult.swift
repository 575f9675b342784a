import Vocabulary

/// What a case of the self-test came to.
public struct SelftestResult: Sendable {
    /// The case.
    public let selftest: SelftestCase
    /// What its runs showed.
    public let diagnosis: FaultDiagnosis
    /// Why a run could not be carried out; nil where all were.
    public let failure: String?
    /// How long it took, in seconds.
    public let seconds: Double
    /// The examinations, each with the profile that repeats it.
    public let profiles: [(name: String, text: String)]

    /// Whether the fault that was switched on was found; nil where none was.
    public var found: Bool? { selftest.subject.fault.map { diagnosis.faults.contains($0) } }

    /// The faults that were found though they were not switched on, and what else was held against the server.
    public var accusations: [String] {
        let faults = diagnosis.faults.filter { !selftest.subject.faults.contains($0) }
        return faults.map(\.rawValue).sorted() + diagnosis.unexplained
    }

    /// Whether exactly what was switched on was found.
    public var isRight: Bool { found != false && accusations.isEmpty && failure == nil }
}
