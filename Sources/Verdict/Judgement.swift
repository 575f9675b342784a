import Vocabulary

/// Everything that was judged of a run.
public struct Judgement: Codable, Equatable, Sendable {
    /// The leaks, the worst class first.
    public var leaks: [Leak]
    /// The judged facts, the weightiest first.
    public var findings: [Finding]
    /// The thresholds, in the profile's order.
    public var thresholds: [ThresholdResult]

    /// A judgement from its parts.
    public init(leaks: [Leak], findings: [Finding], thresholds: [ThresholdResult]) {
        self.leaks = leaks
        self.findings = findings
        self.thresholds = thresholds
    }

    /// Whether the run passes: no finding is a failure and every threshold holds.
    public var passed: Bool {
        thresholds.allSatisfy(\.passed) && !findings.contains { $0.severity == .failure }
    }
}
