/// Where and how a run ran.
public struct RunEnvironment: Codable, Equatable, Sendable {
    /// Hydrotest's version.
    public var version = ""
    /// The kernel's name and release.
    public var system = ""
    /// Processors that the generator could use.
    public var processors = 0
    /// The command line.
    public var command = ""
    /// The target's address; headers are left out, as they may hold secrets.
    public var target = ""
    /// The clock that latencies were taken from.
    public var clock = "monotonic"
    /// The command line that does the same again, seed and all; nil in records of older versions.
    public var reproduce: String?
    /// The profile's text as it was read, without secrets; nil where none was read, and in records of older versions.
    public var profileText: String?
    /// The values given in place of the profile's, in their order, without secrets; nil where none were.
    public var overrides: [String]?
    /// Descriptors that the process could open.
    public var descriptorLimit = 0

    /// An environment to be filled in.
    public init() {}
}
