/// Which cases are judged.
public struct CaseSelection: Sendable {
    /// The cases and sections to judge; none for all.
    public var only: [CaseNumber] = []
    /// The cases and sections to leave out.
    public var skipped: [CaseNumber] = []
    /// The weakest level to judge.
    public var level = RequirementLevel.advice

    /// All cases.
    public init() {}

    /// Whether a case is judged.
    func contains(_ number: CaseNumber, _ level: RequirementLevel) -> Bool {
        level <= self.level && (only.isEmpty || only.contains { $0.covers(number) })
            && !skipped.contains { $0.covers(number) }
    }

    /// The first number that names no case.
    public var unknown: CaseNumber? {
        (only + skipped).first { wanted in !ConformanceSuite.numbers.contains { wanted.covers($0) } }
    }
}
