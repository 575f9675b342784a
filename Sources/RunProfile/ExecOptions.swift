/// Commands that a run executes.
public struct ExecOptions: Equatable, Sendable {
    /// Starts the server again after it has ended: the program and its arguments; none where somebody else does.
    public var restart: [String] = []

    /// No commands.
    public init() {}
}
