import Vocabulary

/// What became of one publisher's messages, from their publication to the streams.
public struct DeliveryRecord: Codable, Equatable, Mergeable, Sendable {
    /// The publisher's name.
    public var publisher: String
    /// What the publisher did; nil in the part of a scenario.
    public var publishing: PublishingCounts?
    /// What came of it at the streams.
    public var counts = DeliveryCounts()
    /// Where the losses lie among what the streams got; nil in the records of older versions.
    public var places: LossPlaces?
    /// From a message's scheduled moment to its arrival at a stream, in ns; replayed messages are left out.
    public var latency = LatencyHistogram()

    /// A record of nothing.
    public init(publisher: String) { self.publisher = publisher }

    /// Adds what happened elsewhere to messages of the same publisher.
    public mutating func merge(_ other: DeliveryRecord) {
        publishing.merge(other.publishing)
        counts.merge(other.counts)
        places.merge(other.places)
        latency.merge(other.latency)
    }
}

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
    /// Messages that came when many later ones had: counted as lost before, or not taken by the server until then, or
    /// duplicates.
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

/// Where among what a stream got those messages lie that it lost.
public struct LossPlaces: Codable, Equatable, Mergeable, Sendable {
    /// Streams that clients came back with, saying what they had seen.
    public var resumed: UInt64 = 0
    /// Messages that such streams lost between their beginning and the first live message that was sent after it,
    /// within some seconds.
    public var lostBehindResume: UInt64 = 0
    /// Such streams that lost any there.
    public var losersBehindResume: UInt64 = 0
    /// Messages that other streams lost there.
    public var lostBehindStart: UInt64 = 0
    /// Other streams that lost any there.
    public var losersBehindStart: UInt64 = 0
    /// Messages that a stream lost between two that it got.
    public var lostBetween: UInt64 = 0
    /// Streams that lost any there.
    public var losersBetween: UInt64 = 0

    /// Nothing lost.
    public init() {}

    /// Adds another's counts.
    public mutating func merge(_ other: LossPlaces) {
        resumed.saturatingAdd(other.resumed)
        lostBehindResume.saturatingAdd(other.lostBehindResume)
        losersBehindResume.saturatingAdd(other.losersBehindResume)
        lostBehindStart.saturatingAdd(other.lostBehindStart)
        losersBehindStart.saturatingAdd(other.losersBehindStart)
        lostBetween.saturatingAdd(other.lostBetween)
        losersBetween.saturatingAdd(other.losersBetween)
    }
}
