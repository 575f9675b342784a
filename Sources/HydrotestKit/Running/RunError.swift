import RunProfile

/// Why a run could not be carried out.
public enum RunError: Error, Sendable {
    /// The profile is wrong.
    case profile(ProfileErrors)
    /// The profile cannot be read.
    case unreadable(String)
    /// The profile asks for more than the machine or the rules allow; says what would fit.
    case refused(String)
    /// The target cannot be reached at all.
    case unreachable(String)
    /// The machine failed.
    case machine(String)

    /// The exit code of the command line.
    public var exitCode: Int32 {
        switch self {
        case .profile, .unreadable, .refused: ExitCode.badProfile
        case .unreachable: ExitCode.targetUnreachable
        case .machine: ExitCode.internalError
        }
    }
}

extension RunError: CustomStringConvertible {
    /// What went wrong and what to do next.
    public var description: String {
        switch self {
        case .profile(let errors): "\(errors)"
        case .unreadable(let reason), .refused(let reason), .unreachable(let reason), .machine(let reason): reason
        }
    }
}
