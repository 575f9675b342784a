/// The end of the server's process, which ended the run.
public struct ServerDeath: Codable, Equatable, Sendable {
    /// When it was noticed, in seconds since the run's start.
    public var time: Double
    /// The probe that noticed it; nil where it was the bundled server.
    public var probe: String?
    /// How it ended, in words; nil where only its parent knows.
    public var end: String?
    /// The last drops made before, in their order; their times are in seconds since the run's start.
    public var lastDrops: [DropMoment]

    /// A death from its parts.
    public init(time: Double, probe: String?, end: String? = nil, lastDrops: [DropMoment] = []) {
        self.time = time
        self.probe = probe
        self.end = end
        self.lastDrops = lastDrops
    }
}

/// A planned restart of the bundled server.
public struct ServerRestart: Codable, Equatable, Sendable {
    /// When it was ended, in seconds since the run's start.
    public var ended: Double
    /// When it listened again, in seconds since the run's start; nil where it did not.
    public var listening: Double?

    /// A restart from its parts.
    public init(ended: Double, listening: Double? = nil) {
        self.ended = ended
        self.listening = listening
    }
}

/// A server that served an endpoint of the run, and then did no more: single streams, opened beside and between the
/// loads, were refused or not answered.
public struct ServiceStop: Codable, Equatable, Sendable {
    /// The scenario whose endpoint it is.
    public var scenario: String
    /// How the last of these streams failed: `HTTP_503`, `ECONNREFUSED`, `TIMEOUT_HEADERS`.
    public var name: String
    /// What the server answered to it; nil where it answered nothing.
    public var answer: AnswerSample?
    /// When a stream of the endpoint was served last, in seconds since the run's start.
    public var lastServed: Double
    /// The first failure after that, in seconds since the run's start.
    public var since: Double
    /// Deliberate drops that had been made by then.
    public var drops: UInt64
    /// Streams that were tried in vain one after the other before the server was given up.
    public var tries: UInt64
    /// What was going on when it was given up: `after the load`, `which stage leaks? connected`.
    public var during: String

    /// A stop from its parts.
    public init(
        scenario: String,
        name: String,
        answer: AnswerSample?,
        lastServed: Double,
        since: Double,
        drops: UInt64,
        tries: UInt64,
        during: String
    ) {
        self.scenario = scenario
        self.name = name
        self.answer = answer
        self.lastServed = lastServed
        self.since = since
        self.drops = drops
        self.tries = tries
        self.during = during
    }

    /// The error in a few words: `503`, `no answer (TIMEOUT_HEADERS)`, `ECONNREFUSED`.
    public var words: String {
        if name.hasPrefix(Self.statusPrefix) { return String(name.dropFirst(Self.statusPrefix.count)) }
        return name.hasPrefix("TIMEOUT") ? "no answer (\(name))" : name
    }

    /// Whether the server turned the stream away by a rule of its own, as a rate limit or a login does.
    public var isTurnedAway: Bool { ["HTTP_401", "HTTP_403", "HTTP_429"].contains(name) }

    private static let statusPrefix = "HTTP_"
}
