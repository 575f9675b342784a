import Vocabulary

/// How the bundled server is started for a run.
public struct ReferenceOptions: Equatable, Sendable {
    /// The registries of the bundled server.
    public enum Registry: String, CaseIterable, Sendable {
        /// Inserts a client before it registers the close handler.
        case fixed
        /// Inserts a client after it registered the close handler: leaks the clients that close in between.
        case racy
    }

    /// Its end by SIGKILL, and its new start on the same ports.
    public struct Restart: Equatable, Sendable {
        /// When it is ended, in ns from the start of the load.
        public var at: Nanoseconds
        /// How long it stays away before it is started again, in ns.
        public var down: Nanoseconds = 500 * .perMillisecond

        /// A restart with the default pause.
        public init(at: Nanoseconds) { self.at = at }
    }

    /// The plain port that it listens on; nil for one of the kernel's choice.
    public var port: UInt16?
    /// When it is restarted during the load; nil for never.
    public var restart: Restart?
    /// Which registry it carries.
    public var registry = Registry.fixed
    /// The period of its heartbeat comments; nil for none.
    public var heartbeat: Nanoseconds? = 1 * .perSecond
    /// After how long without a write it drops a client.
    public var inactivity: Nanoseconds = 30 * .perSecond
    /// How long a client may take from its connection to its complete request, and between two, in ns.
    public var requestTimeout: Nanoseconds = 30 * .perSecond
    /// How long registration pauses between its close handler and its insertion, and any other fault's window.
    public var raceWindow: Nanoseconds = 0
    /// The faults that are switched on, in the order of ``Fault``.
    public var faults: [Fault] = []
    /// After how long a fault sets in that does so with time, in ns.
    public var faultAfter: Nanoseconds = 60 * .perSecond
    /// The share of registrations that a fault of their order acts on, from 0 to 1.
    public var faultShare = 1.0
    /// Deliveries of broadcasts that are left out, of one event to one stream each.
    public var lose = 0
    /// Deliveries of broadcasts that are written twice.
    public var repeats = 0
    /// Tokens of each completion.
    public var tokens = 100
    /// Tokens of each completion per second.
    public var tokenRate = 50.0

    /// The defaults of `hydrotest serve`.
    public init() {}
}
