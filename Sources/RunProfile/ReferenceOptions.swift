import Vocabulary

/// How the bundled server is started for a run.
public struct ReferenceOptions: Equatable, Sendable {
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
    public var registry = RegistryKind.fixed
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

/// Reads `reference:`.
enum ReferenceReader {
    /// Reads how the bundled server is started.
    static func read(_ field: Field, target: TargetKind) -> ReferenceOptions? {
        if case .server = target {
            field.reject(
                "the bundled server is not the target",
                expected: "target.url: reference, or no reference section"
            )
        }
        guard var keys = MappingReader(field, expected: "a map, such as { registry: racy }") else { return nil }
        defer { keys.finish() }
        var options = ReferenceOptions()
        let limit = ProfileLimits.longestWait
        keys.read("port", into: &options.port) { $0.wholeNumber(in: 1...UInt16.max, example: 18_080) }
        keys.read("restart", into: &options.restart, restart)
        keys.read("registry", into: &options.registry) { $0.choice() }
        keys.read("heartbeat", into: &options.heartbeat) {
            $0.durationOrOff(in: .perMillisecond...limit, example: "1s")
        }
        keys.read("inactivity", into: &options.inactivity) {
            $0.duration(in: .perMillisecond...ProfileLimits.longestInactivity, example: "30s")
        }
        keys.read("requestTimeout", into: &options.requestTimeout) {
            $0.duration(in: .perMillisecond...limit, example: "30s")
        }
        keys.read("faults", into: &options.faults) { faults($0, registry: options.registry) }
        keys.read("faultAfter", into: &options.faultAfter) { $0.duration(in: 0...limit, example: "60s") }
        keys.read("faultShare", into: &options.faultShare) { $0.share(upTo: 1) }
        keys.read("lose", into: &options.lose) { $0.wholeNumber(in: ProfileLimits.misdeliveries, example: 37) }
        keys.read("repeat", into: &options.repeats) { $0.wholeNumber(in: ProfileLimits.misdeliveries, example: 23) }
        keys.read("tokens", into: &options.tokens) { $0.wholeNumber(in: ProfileLimits.tokens, example: 100) }
        keys.read("tokenRate", into: &options.tokenRate) { tokenRate($0) }
        keys.read("raceWindow", into: &options.raceWindow) { $0.duration(in: 0...limit, example: "5ms") }
        return options
    }

    private static func restart(_ field: Field) -> ReferenceOptions.Restart? {
        guard var keys = MappingReader(field, expected: "a map, such as { at: 10s, down: 500ms }") else { return nil }
        defer { keys.finish() }
        let moment = keys.required("at", expected: "a moment of the load, such as 10s")?
            .duration(in: 1...ProfileLimits.longestRun, example: "10s")
        var restart = ReferenceOptions.Restart(at: moment ?? 1)
        keys.read("down", into: &restart.down) { $0.duration(in: 0...ProfileLimits.longestWait, example: "500ms") }
        return moment == nil ? nil : restart
    }

    private static func faults(_ field: Field, registry: RegistryKind) -> [Fault]? {
        let items = field.choices(Fault.self, expected: "a list of faults, such as [timer-leak]")
        guard let items else { return nil }
        let faults = items.map(\.choice)
        let all = registry.faults.union(faults)
        for (fault, item) in items {
            if let other = fault.excluded(by: all) {
                item.reject(
                    "\(fault.rawValue) and \(other.rawValue) cannot be switched on together",
                    expected: "one of them"
                )
                return nil
            }
        }
        return Fault.allCases.filter(faults.contains)
    }

    private static func tokenRate(_ field: Field) -> Double? {
        guard let rate = field.rate() else { return nil }
        guard ProfileLimits.tokenRate.contains(rate) else {
            field.reject("found \(field.node.kind)", expected: "a rate from 0.01/s to 100,000/s, such as 50/s")
            return nil
        }
        return rate
    }
}
