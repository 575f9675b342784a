/// Pass or fail of the whole run.
public enum ReportVerdict: String, CaseIterable, Codable, Sendable {
    /// Every threshold holds and no finding is a failure.
    case pass
    /// A threshold does not hold, or a finding is a failure.
    case fail
}
