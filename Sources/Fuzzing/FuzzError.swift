/// Why fuzzing, or a replay, cannot go on.
public enum FuzzError: Error, Sendable {
    /// The server does not answer before the first case, or did not come back.
    case unreachable(String)
    /// Something on this machine failed.
    case machine(String)
}

extension FuzzError: CustomStringConvertible {
    /// What went wrong.
    public var description: String {
        switch self {
        case .unreachable(let reason), .machine(let reason): reason
        }
    }
}
