/// One case and what it came to.
public struct CaseResult: Sendable {
    /// The case's whole number.
    public let number: CaseNumber
    /// The case.
    public let test: ConformanceCase
    /// What it came to.
    public let outcome: Outcome
}
