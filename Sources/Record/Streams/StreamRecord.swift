import Vocabulary

/// What streams brought that are followed from their first event to their end.
public struct StreamRecord: Codable, Equatable, Sendable {
    /// Streams that ended with their end marker.
    public var marked: UInt64 = 0
    /// Streams that the server ended without the end marker; nil where none was expected.
    public var unmarked: UInt64?
    /// Streams that were dropped on purpose at an event.
    public var cancelled: UInt64 = 0
    /// The time between two events of one stream, in ns; events that came together have none between them.
    public var gap = LatencyHistogram()
    /// Events of each stream that was not cut short by this side, its end marker aside.
    public var events = NumberHistogram()
    /// Events with a token's text of each stream that was not cut short by this side; nil where none were looked for.
    public var tokens: NumberHistogram?
    /// Tokens a second of each stream, from its first token to its last; nil where none were looked for.
    public var tokenRate: NumberHistogram?
    /// From the scheduled start to the first token's text, in ns; nil where none was looked for.
    public var timeToFirstToken: LatencyHistogram?

    /// No streams.
    public init() {}

    /// Adds another's streams.
    public mutating func merge(_ other: StreamRecord) {
        marked.saturatingAdd(other.marked)
        if let count = other.unmarked { unmarked = (unmarked ?? 0).saturatingAdding(count) }
        cancelled.saturatingAdd(other.cancelled)
        gap.merge(other.gap)
        events.merge(other.events)
        if let others = other.tokens { if tokens?.merge(others) == nil { tokens = others } }
        if let others = other.tokenRate { if tokenRate?.merge(others) == nil { tokenRate = others } }
        if let others = other.timeToFirstToken {
            if timeToFirstToken?.merge(others) == nil { timeToFirstToken = others }
        }
    }
}
