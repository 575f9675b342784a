/// What clients that came back, and said which event they had seen last, got of the messages that they had missed.
public struct ResumeCounts: Codable, Equatable, Sendable {
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
