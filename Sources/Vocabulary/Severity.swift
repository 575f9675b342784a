/// How much a finding weighs.
public enum Severity: String, CaseIterable, Codable, Sendable {
    /// Worth knowing; never fails a run.
    case info
    /// Worth a look; never fails a run.
    case warning
    /// Fails the run.
    case failure
}
