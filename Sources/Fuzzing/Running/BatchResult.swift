/// What came of a batch.
struct BatchResult: Sendable {
    /// What the oracles saw.
    var problems: [Problem] = []
    /// What came of each case that was carried out, in the order of their ends.
    var outcomes: [CaseOutcome] = []
    /// Cases that were begun; fewer than there are where the server went.
    var begun = 0
    /// The server's end, and every case that may have brought it about, of earlier batches too; nil while it stands.
    var end: ServerEnd?

    /// Whether a problem of a kind is among them.
    func shows(_ key: Problem.Key) -> Bool { problems.contains { $0.key == key } }
}

/// How a server went, and the cases that may have done it.
struct ServerEnd: Sendable {
    /// That it died, or hangs.
    let problem: Problem
    /// The cases that were in flight, or over for no longer than its timers may take; in order.
    let suspects: [FuzzCase]
    /// Why it has not come back; nil where it has.
    var absence: String?
}
