/// What a case came to.
public enum Outcome: Equatable, Sendable {
    /// The requirement is met.
    case passed
    /// The requirement is broken.
    case failed(expected: String, actual: String)
    /// The requirement says nothing of this server, for a reason.
    case notApplicable(String)
    /// What was observed does not suffice to judge, for a reason.
    case notMeasured(String)

    /// Passed where a condition holds, failed where not.
    static func expect(_ isMet: Bool, _ expected: String, actual: @autoclosure () -> String) -> Outcome {
        isMet ? .passed : .failed(expected: expected, actual: actual())
    }

    /// The word for programs: `passed`, `failed`, `not applicable`, `not measured`.
    public var word: String {
        switch self {
        case .passed: "passed"
        case .failed: "failed"
        case .notApplicable: "not applicable"
        case .notMeasured: "not measured"
        }
    }

    /// Why there is no judgement; nil where there is one.
    public var reason: String? {
        switch self {
        case .passed, .failed: nil
        case .notApplicable(let reason), .notMeasured(let reason): reason
        }
    }

    /// Whether the requirement is broken.
    public var isFailure: Bool {
        if case .failed = self { return true }
        return false
    }
}
