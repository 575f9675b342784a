/// What came of a batch.
struct BatchResult: Sendable {
    /// What the oracles saw.
    var problems: [Problem] = []
    /// What came of each case that was carried out, in the order of their ends.
    var outcomes: [CaseOutcome] = []
    /// Cases that were begun; fewer than there are where the server went.
    var begun = 0

    /// Whether a problem of a kind is among them.
    func shows(_ key: Problem.Key) -> Bool { problems.contains { $0.key == key } }
}
