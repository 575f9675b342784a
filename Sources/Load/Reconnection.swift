import Vocabulary

/// What a held client keeps from one connection to the next.
struct Reconnection {
    /// The longest time that a server's `retry` is obeyed to, in ms: an hour.
    static let longestRetry: UInt32 = 3_600_000
    /// The shortest wait of a client, in ns: what a program needs at least, so that a `retry` of 0 is no endless loop.
    static let shortestWait: Nanoseconds = 10 * .perMillisecond

    /// How long an attempt must have lasted at the end of a client's time to be held against the server, in ns.
    static let fairAttempt: Nanoseconds = .perSecond

    /// Whether the client comes back once its stream is closed.
    var isWanted = false
    /// The client's position in its scenario, which its waits are drawn by.
    var index: UInt32 = 0
    /// When its hold ends, in ns of the monotonic clock; never before its first response head.
    var holdEnd: Nanoseconds = .max
    /// When its stream was closed, in ns of the monotonic clock; nil while it is open, and before it first was.
    var closedAt: Nanoseconds?
    /// The last reconnection time that the server told, in ms; nil where it told none.
    var retry: UInt32?
    /// Waits so far, each of which is drawn anew.
    var waits: UInt32 = 0
    /// Attempts that failed since its stream was closed.
    var failures: UInt32 = 0
    /// The mass drop that closed its stream, by its position; nil where something else did.
    var massDrop: Int16?

    /// Whether the present attempt says which event was the last.
    var namesLastEvent = false

    /// Whether the client had a stream, and has none now.
    var isAway: Bool { closedAt != nil }
}
