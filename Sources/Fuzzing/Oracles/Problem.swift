/// Something that must not be, as an oracle saw it.
struct Problem: Sendable {
    /// What is wrong, the same whoever caused it; of a leak also which gauge.
    struct Key: Hashable, Sendable {
        /// The finding's ID: `forged-field`, `leak`.
        let id: String
        /// The gauge of a leak; empty for others.
        var gauge = ""

        /// The key as a replay file names it: `leak clients`.
        var text: String { gauge.isEmpty ? id : "\(id) \(gauge)" }

        /// Whether the server is there no more: what it then does is nobody's doing but the one's that ended it.
        var isFatal: Bool { id == ProblemName.serverDied || id == ProblemName.serverHangs }
    }

    let key: Key
    /// What was seen, in a sentence each.
    var evidence: [String]
    /// The case that did it, by its place in the batch; nil where that is not known.
    var index: Int?

    init(_ id: String, gauge: String = "", _ evidence: String, index: Int? = nil) {
        key = Key(id: id, gauge: gauge)
        self.evidence = [evidence]
        self.index = index
    }
}

/// The IDs of what the oracles find.
enum ProblemName {
    /// Bytes that a client sent became a field of an event, or of a response's head.
    static let forgedField = "forged-field"
    /// A client was sent an event of a topic that it never asked for.
    static let foreignEvent = "foreign-event"
    /// An event is not UTF-8.
    static let brokenText = "broken-utf8"
    /// A response breaks the rules of HTTP/1.1.
    static let malformedResponse = "malformed-response"
    /// A reader that stalls is kept more for than a bound.
    static let unboundedQueue = "unbounded-queue"
    /// A gauge does not come back to its baseline.
    static let leak = "leak"
    /// The server's process has ended, or refuses connections.
    static let serverDied = "server-died"
    /// The server takes connections, and answers none.
    static let serverHangs = "server-hangs"
    /// The health check is not answered as before.
    static let unhealthy = "unhealthy"
    /// A canary's stream has ended.
    static let canaryEnded = "canary-ended"
    /// A canary was not sent an event.
    static let canaryLostEvent = "canary-lost-event"
    /// A canary was sent an event twice, or out of order.
    static let canaryRepeatedEvent = "canary-repeated-event"
    /// An event took too long to a canary.
    static let canaryLate = "canary-late"
    /// A canary's heartbeats have stopped.
    static let canarySilent = "canary-silent"

    /// Every ID with its title.
    static let titles: [(id: String, title: String)] = [
        (forgedField, "A client's bytes forge a field"),
        (foreignEvent, "A client is sent events of a topic that it never asked for"),
        (brokenText, "An event is not UTF-8"),
        (malformedResponse, "A response breaks HTTP/1.1"),
        (unboundedQueue, "The queue of a reader that stalls has no bound"),
        (leak, "A gauge does not come back to its baseline"),
        (serverDied, "The server dies"),
        (serverHangs, "The server hangs"),
        (unhealthy, "The server is no longer well"),
        (canaryEnded, "Another client's stream ends"),
        (canaryLostEvent, "Another client loses an event"),
        (canaryRepeatedEvent, "Another client is sent an event twice or out of order"),
        (canaryLate, "Another client's events are late"),
        (canarySilent, "Another client's heartbeats stop"),
    ]
}
