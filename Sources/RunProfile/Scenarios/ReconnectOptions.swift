import Vocabulary

/// How the closed streams of a scenario come back.
public struct ReconnectOptions: Equatable, Sendable {
    /// Streams that are dropped all at once.
    public struct MassDrop: Equatable, Sendable {
        /// The manners in which that can be done.
        public static let manners: [Manner] = [.fin, .rst, .vanish]

        /// When, in ns from the start of the load, in rising order.
        public var moments: [Nanoseconds]
        /// How.
        public var manner = Manner.rst

        /// Drops by `rst`.
        public init(moments: [Nanoseconds]) { self.moments = moments }
    }

    /// Whether a stream comes back after the time that the server's last `retry` field told.
    public var honourRetry = true
    /// Whether it says by `Last-Event-ID` which event it has seen last.
    public var lastEventID = true
    /// What is added to each wait, drawn from the seed, in ns.
    public var jitter: ClosedRange<Nanoseconds> = 0...(500 * .perMillisecond)
    /// The wait where the server told none, in ns; browsers wait three to five seconds.
    public var after: Nanoseconds = 3 * .perSecond
    /// After how many failures in a row a stream gives up; nil for never within its hold.
    public var attempts: Int?
    /// When every open stream of the scenario is dropped at once; nil for never.
    public var drop: MassDrop?

    /// The ways of a browser.
    public init() {}
}

/// Reads `reconnect:` of a scenario.
enum ReconnectReader {
    /// Reads how closed streams come back.
    static func read(_ field: Field) -> ReconnectOptions? {
        guard var keys = MappingReader(field, expected: "a map, such as { jitter: 0ms..500ms }") else { return nil }
        defer { keys.finish() }
        var options = ReconnectOptions()
        let limit = ProfileLimits.longestWait
        keys.read("honourRetry", into: &options.honourRetry) { $0.flag() }
        keys.read("lastEventID", into: &options.lastEventID) { $0.flag() }
        keys.read("jitter", into: &options.jitter) { $0.durationRange(in: 0...limit) }
        keys.read("after", into: &options.after) { $0.duration(in: 0...limit, example: "3s") }
        keys.read("attempts", into: &options.attempts) {
            $0.wholeNumber(in: ProfileLimits.reconnectAttempts, example: 10)
        }
        keys.read("drop", into: &options.drop, massDrop)
        return options
    }

    private static func massDrop(_ field: Field) -> ReconnectOptions.MassDrop? {
        guard var keys = MappingReader(field, expected: "a map, such as { at: [10s], manner: rst }") else { return nil }
        defer { keys.finish() }
        let moments = keys.required("at", expected: "a list of moments, such as [10s]").flatMap(moments)
        var drop = ReconnectOptions.MassDrop(moments: moments ?? [])
        keys.read("manner", into: &drop.manner, manner)
        return moments == nil ? nil : drop
    }

    private static func moments(_ field: Field) -> [Nanoseconds]? {
        let expectation = "a list of moments, such as [10s]"
        guard let items = field.items(limit: ProfileLimits.massDrops, expected: expectation) else { return nil }
        guard !items.isEmpty else {
            field.reject("an empty list", expected: expectation)
            return nil
        }
        let read = items.compactMap { $0.duration(in: 1...ProfileLimits.longestRun, example: "10s") }
        guard read.count == items.count else { return nil }
        let moments = Set(read).sorted()
        guard moments.count == read.count else {
            field.reject("a moment is in the list twice", expected: expectation)
            return nil
        }
        return moments
    }

    private static func manner(_ field: Field) -> Manner? {
        guard let manner: Manner = field.choice() else { return nil }
        let usable = ReconnectOptions.MassDrop.manners
        guard usable.contains(manner) else {
            let names = usable.map(\.rawValue).joined(separator: ", ")
            field.reject("a stream that is dropped by \(manner.rawValue) may stay open", expected: "one of \(names)")
            return nil
        }
        return manner
    }
}
