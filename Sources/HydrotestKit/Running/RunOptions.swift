import RunProfile

/// What the command line adds to a profile.
public struct RunOptions: Sendable {
    /// Values that replace those of the profile.
    public var overrides: [ProfileOverride] = []
    /// The environment that `${NAME}` is taken from.
    public var environment: [String: String] = [:]
    /// Hosts that are named as authorised, beside the profile's own word.
    public var authorizedHosts: [String] = []
    /// The executable whose `serve` starts the bundled server.
    public var executable = "/proc/self/exe"
    /// The command line, for the report.
    public var command = ""
    /// The command line that does the same again, but for the seed; empty where there is none.
    public var reproduce = ""
    /// The command line's first words, for one that repeats a race.
    public var again = ""
    /// Event loops, each on a thread of its own; nil for one a core, as far as each has enough to do.
    public var workers: Int?

    /// The defaults.
    public init() {}
}
