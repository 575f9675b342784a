import Vocabulary

/// How the closed streams of held clients came back.
///
/// A client is counted among the connections once, whatever number of streams it had one after the other.
public struct ReconnectRecord: Codable, Equatable, Mergeable, Sendable {
    /// The name of a closure by the server in good order.
    public static let ended = "ENDED"
    /// The name of a closure by the load itself, of all streams at once.
    public static let dropped = "DROPPED"
    /// The most windows that a worker keeps; what happens in further ones is not in ``windows``.
    public static let mostWindows = 18_000

    /// Streams that were closed: by the server, by an error's name, or dropped.
    public var closed: [String: UInt64] = [:]
    /// Connections started to come back.
    public var attempts: UInt64 = 0
    /// Attempts that began later than a tolerance after their moment, by the generator's own fault.
    public var late: UInt64 = 0
    /// Attempts that failed, by the error's name.
    public var failures: [String: UInt64] = [:]
    /// Streams that were open again.
    public var returned: UInt64 = 0
    /// Clients that stopped after too many failures in a row.
    public var gaveUp: UInt64 = 0
    /// Clients that were still away when their time was over.
    public var awayAtEnd: UInt64 = 0
    /// Clients whose time was over before they could come back; nil where there were none, and in records of older versions.
    public var holdOver: UInt64?
    /// Clients that the server told not to come back (status 204; HTML, 9.2.1).
    public var toldToStop: UInt64 = 0
    /// Clients that were away when the load was cut short.
    public var cutShort: UInt64 = 0
    /// From a stream's closure to the response head of the next, in ns.
    public var away = LatencyHistogram()
    /// The reconnection times that the server told; nil where it told none.
    public var retry: RetryRecord?
    /// The last event IDs that could not be sent, by the reason.
    public var unsentIDs: [String: UInt64] = [:]
    /// What resuming the streams brought; nil where no messages were published.
    public var resume: ResumeCounts?
    /// What happened in each tenth of a second in which something did, in order.
    public var windows: [ReconnectWindow] = []
    /// The streams that were dropped all at once, by the moment.
    public var drops: [MassDropRecord] = []

    /// Nothing closed.
    public init() {}

    /// How many streams were closed.
    public var closures: UInt64 { closed.values.reduce(0) { $0.saturatingAdding($1) } }

    /// How many attempts failed.
    public var failureCount: UInt64 { failures.values.reduce(0) { $0.saturatingAdding($1) } }

    /// Clients that did not come back though they should have.
    public var missing: UInt64 { gaveUp.saturatingAdding(awayAtEnd) }

    /// Adds another's figures.
    public mutating func merge(_ other: ReconnectRecord) {
        closed.merge(other.closed) { $0.saturatingAdding($1) }
        attempts.saturatingAdd(other.attempts)
        late.saturatingAdd(other.late)
        failures.merge(other.failures) { $0.saturatingAdding($1) }
        returned.saturatingAdd(other.returned)
        gaveUp.saturatingAdd(other.gaveUp)
        awayAtEnd.saturatingAdd(other.awayAtEnd)
        holdOver.saturatingAdd(other.holdOver)
        toldToStop.saturatingAdd(other.toldToStop)
        cutShort.saturatingAdd(other.cutShort)
        away.merge(other.away)
        retry.merge(other.retry)
        unsentIDs.merge(other.unsentIDs) { $0.saturatingAdding($1) }
        resume.merge(other.resume)
        windows = ReconnectWindow.merged(windows, other.windows)
        drops = MassDropRecord.merged(drops, other.drops)
    }

    /// Notes something, and in the window of its moment as well; moments must not go back by more than a window.
    ///
    /// - Parameter moment: in ns since the load's start.
    public mutating func note(
        at moment: Nanoseconds,
        _ change: (inout ReconnectRecord) -> Void,
        window: (inout ReconnectWindow) -> Void
    ) {
        change(&self)
        let index = moment / ReconnectWindow.length
        if let last = windows.indices.last, windows[last].index >= index { return window(&windows[last]) }
        guard windows.count < Self.mostWindows else { return }
        windows.append(ReconnectWindow(index: index))
        window(&windows[windows.count - 1])
    }
}

/// The reconnection times that a server told in its `retry` fields (HTML, 9.2.6).
public struct RetryRecord: Codable, Equatable, Mergeable, Sendable {
    /// How often it told one.
    public var told: UInt64
    /// How often it told 0.
    public var zeros: UInt64
    /// The shortest, in ns.
    public var shortest: Nanoseconds
    /// The longest, in ns.
    public var longest: Nanoseconds

    /// Times that were told.
    public init(told: UInt64, zeros: UInt64, shortest: Nanoseconds, longest: Nanoseconds) {
        self.told = told
        self.zeros = zeros
        self.shortest = shortest
        self.longest = longest
    }

    /// Adds others.
    public mutating func merge(_ other: RetryRecord) {
        told.saturatingAdd(other.told)
        zeros.saturatingAdd(other.zeros)
        shortest = min(shortest, other.shortest)
        longest = max(longest, other.longest)
    }
}

/// What clients that came back, and said which event they had seen last, got of the messages that they had missed.
public struct ResumeCounts: Codable, Equatable, Mergeable, Sendable {
    /// Streams that clients came back with, saying what they had seen.
    public var resumed: UInt64 = 0
    /// Messages that were published while a client was away, and that it was sent when it was back.
    public var replayed: UInt64 = 0
    /// Messages that were published while a client was away, and that it was never sent.
    public var missing: UInt64 = 0
    /// Messages that a client had, and was sent again when it was back.
    public var repeated: UInt64 = 0
    /// Messages that nobody could judge any more, since too many had followed.
    public var unjudged: UInt64 = 0

    /// Nothing missed.
    public init() {}

    /// Messages that were published while their clients were away.
    public var missedWhileAway: UInt64 { replayed.saturatingAdding(missing) }

    /// Whether the server sent anything again; where it never did, it does not resume streams.
    public var isSupported: Bool { replayed > 0 }

    /// Messages that the server left out though it replays others; nil where it does not resume streams.
    public var lost: UInt64? { isSupported ? missing : nil }

    /// Adds another's counts.
    public mutating func merge(_ other: ResumeCounts) {
        resumed.saturatingAdd(other.resumed)
        replayed.saturatingAdd(other.replayed)
        missing.saturatingAdd(other.missing)
        repeated.saturatingAdd(other.repeated)
        unjudged.saturatingAdd(other.unjudged)
    }
}

/// What became of the streams that were dropped all at once.
public struct MassDropRecord: Codable, Equatable, Mergeable, Sendable {
    /// When they were to be dropped, in ns since the load's start.
    public var at: Nanoseconds
    /// How.
    public var manner: Manner
    /// The streams that were open, and were dropped.
    public var closed: UInt64 = 0
    /// Those of them that were open again.
    public var returned: UInt64 = 0
    /// From the drop until the last of those that came back was open again, in ns; nil where none was.
    public var lastReturn: Nanoseconds?

    /// A drop that is still to be made.
    public init(at: Nanoseconds, manner: Manner) {
        self.at = at
        self.manner = manner
    }

    /// Whether every stream is back.
    public var isComplete: Bool { returned >= closed }

    /// Adds the streams that another worker dropped in the same moment and manner.
    mutating func merge(_ other: MassDropRecord) {
        closed.saturatingAdd(other.closed)
        returned.saturatingAdd(other.returned)
        if let last = other.lastReturn { lastReturn = max(lastReturn ?? 0, last) }
    }

    /// The drops of two lists, those of one moment and manner as one, in order.
    static func merged(_ left: [MassDropRecord], _ right: [MassDropRecord]) -> [MassDropRecord] {
        var all = left
        all.merge(right) { $0.at == $1.at && $0.manner == $1.manner }
        return all.sorted { ($0.at, $0.manner.order) < ($1.at, $1.manner.order) }
    }
}
