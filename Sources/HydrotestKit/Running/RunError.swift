import EventLoop
import Glibc
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

/// The exit codes of the command line (after sysexits.h where it names one).
public enum ExitCode {
    /// The run passed.
    public static let pass: Int32 = 0
    /// A threshold or a finding failed the run.
    public static let fail: Int32 = 1
    /// The command line is wrong.
    public static let badUsage: Int32 = 64
    /// The profile is wrong, or asks for more than the machine allows.
    public static let badProfile: Int32 = 65
    /// The target could not be reached.
    public static let targetUnreachable: Int32 = 69
    /// Something failed that is no fault of the profile or the target.
    public static let internalError: Int32 = 70
    /// The run was interrupted by a signal.
    public static let interrupted: Int32 = 130
}

extension SystemError {
    /// The error, and what to do next where that is known.
    var advice: String {
        switch number {
        case EMFILE, ENFILE: "\(self); `hydrotest doctor` tells how to allow more descriptors"
        case EAGAIN: "\(self); no thread is left: end other programs, or raise `ulimit -u`"
        case ENOMEM, ENOBUFS: "\(self); no memory is left: end other programs, or lower `connections`"
        default: "\(self)"
        }
    }
}
