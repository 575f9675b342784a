import Vocabulary

/// What became of streams that were read slowly, or not at all.
public struct SlowReaderRecord: Codable, Equatable, Sendable {
    /// Streams that were opened.
    public var streams: UInt64 = 0
    /// Streams that the server ended, in good order or not.
    public var ended: UInt64 = 0
    /// For how long these had been open, in ns; of those alone whose end was seen as it came.
    ///
    /// The end of a stream that nobody reads stands behind all that was not read, and is seen only at the last.
    public var endedAfter = LatencyHistogram()
    /// When the first was opened, in seconds since the load's start; nil where none was.
    public var start: Double?
    /// When the last one's time was over, or the server ended it, in seconds since the load's start; nil where none was.
    public var end: Double?

    /// No streams.
    public init() {}

    /// Adds another's streams.
    public mutating func merge(_ other: SlowReaderRecord) {
        streams.saturatingAdd(other.streams)
        ended.saturatingAdd(other.ended)
        endedAfter.merge(other.endedAfter)
        start = [start, other.start].compactMap(\.self).min()
        end = [end, other.end].compactMap(\.self).max()
    }
}
