import Record

/// What streams brought that were followed from their first event to their end.
public struct StreamSummary: Codable, Equatable, Sendable {
    /// Streams that ended with their end marker.
    public var marked: UInt64
    /// Streams that the server ended without the end marker; nil where none was expected.
    public var unmarked: UInt64?
    /// Streams that were dropped on purpose at an event.
    public var cancelled: UInt64
    /// The time between two events of one stream, in ns; nil where no stream had two.
    public var gap: LatencySummary?
    /// Events of each stream that was not cut short by this side; nil where there was none.
    public var events: NumberSummary?
    /// Events with a token's text of each such stream; nil where there was none, or none were looked for.
    public var tokens: NumberSummary?
    /// Tokens a second of each stream, from its first token to its last; nil where none had two.
    public var tokenRate: NumberSummary?
    /// From the scheduled start to the first token's text, in ns; nil where there was none.
    public var timeToFirstToken: LatencySummary?

    /// The figures of a record.
    public init(_ streams: StreamRecord) {
        marked = streams.marked
        unmarked = streams.unmarked
        cancelled = streams.cancelled
        gap = LatencySummary(streams.gap)
        events = NumberSummary(streams.events)
        tokens = streams.tokens.flatMap(NumberSummary.init)
        tokenRate = streams.tokenRate.flatMap(NumberSummary.init)
        timeToFirstToken = streams.timeToFirstToken.flatMap(LatencySummary.init)
    }
}
