import Record

/// What became of streams that were read slowly, or not at all.
public struct SlowReaderSummary: Codable, Equatable, Sendable {
    /// Streams that were opened.
    public var streams: UInt64
    /// Streams that the server ended.
    public var ended: UInt64
    /// For how long these had been open, in ns, as far as their end was seen as it came; nil where none was.
    public var endedAfter: LatencySummary?

    /// The figures of a record.
    public init(_ record: SlowReaderRecord) {
        streams = record.streams
        ended = record.ended
        endedAfter = LatencySummary(record.endedAfter)
    }
}
