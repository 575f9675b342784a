/// Where among what a stream got those messages lie that it lost.
public struct LossPlaces: Codable, Equatable, Sendable {
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
