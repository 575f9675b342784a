import Vocabulary

/// A run, as its YAML file describes it; every value has been checked.
public struct Profile: Equatable, Sendable {
    /// The run's name, shown in reports.
    public var name: String
    /// What stages, manners and delays are drawn from.
    public var seed: UInt64 = 1
    /// The server under test.
    public var target: Target
    /// How the bundled server is started, where it is the target.
    public var reference = ReferenceOptions()
    /// The groups of connections.
    public var scenarios: [Scenario]
    /// Who publishes messages while the load lasts.
    public var publishers: [PublisherOptions] = []
    /// Ordinary requests to other endpoints, to see whether streams harm them.
    public var bystanders: [BystanderOptions] = []
    /// What reads the server's state.
    public var probes: [ProbeOptions] = []
    /// How residuals are watched.
    public var leak = LeakOptions()
    /// What is expected of heartbeats; nil where nothing is.
    public var heartbeat: HeartbeatOptions?
    /// How the run looks for the server's ceiling; nil where it does not.
    ///
    /// Where it does, there is one scenario, made by ``CapacityOptions/climbing(_:rate:)``.
    public var capacity: CapacityOptions?
    /// How `hydrotest matrix` tries the profile's drops.
    public var matrix = MatrixOptions()
    /// How `hydrotest race` looks for a window.
    public var race = RaceOptions()
    /// How the server is asked for what its registry does, for `hydrotest fuzz`.
    public var actions = ActionOptions()
    /// Commands carried out before, during and after the load, and where the server is to be started again.
    public var exec = HookOptions()
    /// What the run must hold, beside the absence of failures.
    public var thresholds: [Threshold] = []
    /// What a hostile server may cost.
    public var limits = LimitOptions()

    /// A profile with the keys that have no default.
    public init(name: String, target: Target, scenarios: [Scenario]) {
        self.name = name
        self.target = target
        self.scenarios = scenarios
    }
}

extension Profile {
    /// Whether the server may be restarted while the load goes on: the bundled one, or by a command.
    public var mayRestartServer: Bool { reference.restart != nil || !exec.during.isEmpty }
}
