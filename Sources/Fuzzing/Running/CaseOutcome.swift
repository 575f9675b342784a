import Vocabulary

/// What came of carrying a case out once.
struct CaseOutcome: Sendable {
    /// The case's place in its batch.
    let index: Int
    /// What each of its connections saw, in the order in which they were opened.
    var observations: [Observation] = []
    /// Connections that could not even be tried, by the error's name.
    var failures: [String] = []
    /// How long it took, in ns.
    var duration: Nanoseconds = 0
    /// Whether it was ended because its batch took too long.
    var isCutShort = false
}
