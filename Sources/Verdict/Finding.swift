import Vocabulary

/// One judged fact with its evidence.
public struct Finding: Codable, Equatable, Sendable {
    /// What kind of fact, the same in every run: `leak`, `late-heartbeat`, `generator-saturated`.
    public var id: String
    /// How much it weighs.
    public var severity: Severity
    /// The fact in one line.
    public var title: String
    /// What was seen, in plain words and figures; a sentence each.
    public var evidence: [String]

    /// A finding from its parts.
    public init(id: String, severity: Severity, title: String, evidence: [String]) {
        self.id = id
        self.severity = severity
        self.title = title
        self.evidence = evidence
    }
}
