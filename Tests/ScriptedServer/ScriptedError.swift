/// Why a script could not go on.
public struct ScriptedError: Error, Sendable {
    /// What went wrong: `silence`, `end`, or an error's name.
    public let reason: String

    /// An error from its reason.
    public init(reason: String) { self.reason = reason }
}
