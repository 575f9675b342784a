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
