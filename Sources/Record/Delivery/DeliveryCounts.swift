/// What became of a publisher's messages at the streams.
public struct DeliveryCounts: Codable, Equatable, Sendable {
    /// Streams that the messages were awaited on.
    public var streams: UInt64 = 0
    /// Messages received, each once a stream; replayed ones are not among them.
    public var received: UInt64 = 0
    /// Messages that did not come though they were owed.
    public var lost: UInt64 = 0
    /// Streams that lost any.
    public var losers: UInt64 = 0
    /// Lost messages that were under way when their stream began: the server had to choose their recipients meanwhile.
    public var lostAtStart: UInt64 = 0
    /// Messages that came again on the same stream.
    public var duplicated: UInt64 = 0
    /// Messages that came after one that was published only once they had been accepted.
    public var outOfOrder: UInt64 = 0
    /// Messages that came after they had been given up: lost before, or duplicates.
    public var stale: UInt64 = 0
    /// Messages that a stream got though they were out before it connected, as where a server keeps the last ones.
    public var replayed: UInt64 = 0
    /// Messages that nobody could judge any more, since too many had followed.
    public var unjudged: UInt64 = 0

    /// Nothing came.
    public init() {}

    /// Messages that streams had to get: those that they got and those that they lost.
    public var owed: UInt64 { received.saturatingAdding(lost) }

    /// Adds another's counts.
    public mutating func merge(_ other: DeliveryCounts) {
        streams.saturatingAdd(other.streams)
        received.saturatingAdd(other.received)
        lost.saturatingAdd(other.lost)
        losers.saturatingAdd(other.losers)
        lostAtStart.saturatingAdd(other.lostAtStart)
        duplicated.saturatingAdd(other.duplicated)
        outOfOrder.saturatingAdd(other.outOfOrder)
        stale.saturatingAdd(other.stale)
        replayed.saturatingAdd(other.replayed)
        unjudged.saturatingAdd(other.unjudged)
    }
}
