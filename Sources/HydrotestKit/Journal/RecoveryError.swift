/// Why no report can be made of a journal.
public enum RecoveryError: Error, Equatable, Sendable {
    /// The run still goes on; what to do.
    case inUse(String)
    /// There is nothing that can be read; what is wrong.
    case nothing(String)
}

extension RecoveryError: CustomStringConvertible {
    /// What is wrong and what to do next.
    public var description: String {
        switch self {
        case .inUse(let reason), .nothing(let reason): reason
        }
    }
}
