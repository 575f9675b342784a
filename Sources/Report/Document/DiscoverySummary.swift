import Record
import Vocabulary

/// What is most likely the server's heartbeat, where none was expected.
public struct DiscoverySummary: Codable, Equatable, Sendable {
    /// What came: `comment`, `empty-event`, `event` or `any`.
    public var kind: DiscoveredBeat.Kind
    /// What a profile writes to have it watched.
    public var match: String
    /// The time from one to the next, in ns.
    public var period: Nanoseconds
    /// The streams on which it came at least twice.
    public var streams: UInt64
    /// The streams that were looked at.
    public var looked: UInt64

    /// The figures of what was found; nil where it is not regular.
    public init?(_ beat: DiscoveredBeat) {
        guard let period = beat.period else { return nil }
        kind = beat.kind
        match = beat.match
        self.period = period
        streams = beat.streams
        looked = beat.looked
    }
}
