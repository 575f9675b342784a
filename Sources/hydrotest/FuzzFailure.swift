import Fuzzing
import HydrotestKit

/// Errors of fuzzing as ends of a command.
enum FuzzFailure {
    /// The failure that an error is.
    static func failure(_ error: any Error) -> CommandFailure {
        switch error {
        case let error as ReplayError: CommandFailure(code: ExitCode.badProfile, message: error.description)
        case FuzzError.unreachable(let reason): CommandFailure(code: ExitCode.targetUnreachable, message: reason)
        default: CommandFailure(code: ExitCode.internalError, message: "\(error)")
        }
    }
}
