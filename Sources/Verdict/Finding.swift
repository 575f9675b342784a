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
    /// The series' name of the gauge that it is about; nil where it is about none, and in reports of older versions.
    public var gauge: String?

    /// A finding from its parts.
    public init(id: String, severity: Severity, title: String, evidence: [String]) {
        self.id = id
        self.severity = severity
        self.title = title
        self.evidence = evidence
    }

    /// A finding of a kind.
    public init(_ kind: FindingKind, _ severity: Severity, _ title: String, evidence: [String], gauge: String? = nil) {
        self.init(id: kind.rawValue, severity: severity, title: title, evidence: evidence)
        self.gauge = gauge
    }

    /// What kind of fact it is; nil where this version does not know it.
    public var kind: FindingKind? { FindingKind(rawValue: id) }
}
