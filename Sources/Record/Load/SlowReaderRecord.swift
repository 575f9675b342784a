import Vocabulary

/// What became of streams that were read slowly, or not at all.
public struct SlowReaderRecord: Codable, Equatable, Mergeable, Sendable {
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

    /// When the last of them left, each, in seconds since the load's start; nil in records of older versions.
    public var left: [Double]?
    /// The most moments that ``left`` keeps.
    public static let leftLimit = 64

    /// No streams.
    public init() {}

    /// Adds another's streams.
    public mutating func merge(_ other: SlowReaderRecord) {
        streams.saturatingAdd(other.streams)
        ended.saturatingAdd(other.ended)
        endedAfter.merge(other.endedAfter)
        start = [start, other.start].compactMap(\.self).min()
        end = [end, other.end].compactMap(\.self).max()
        if let others = other.left { left = ((left ?? []) + others).sorted().suffix(Self.leftLimit) }
    }

    /// Notes that one left, in seconds since the load's start.
    public mutating func noteLeft(at time: Double) {
        end = max(end ?? 0, time)
        if left == nil { left = [] }
        if let count = left?.count, count >= Self.leftLimit { left?.removeFirst() }
        left?.append(time)
    }
}

/// What healthy streams saw before slow readers were there, and beside them.
public struct SlowNeighbourRecord: Codable, Equatable, Mergeable, Sendable {
    /// What can get worse, in ns.
    public struct Figures: Codable, Equatable, Sendable {
        /// From an event's send time to its arrival.
        public var event = LatencyHistogram()
        /// The time between two beats of one stream.
        public var beat = LatencyHistogram()
        /// The time between two events of one stream.
        public var gap = LatencyHistogram()

        /// Nothing seen.
        public init() {}

        /// Adds another's figures.
        public mutating func merge(_ other: Figures) {
            event.merge(other.event)
            beat.merge(other.beat)
            gap.merge(other.gap)
        }

        /// Every figure with the words for it.
        public var named: [(name: String, histogram: LatencyHistogram)] {
            [("event latency", event), ("time between heartbeats", beat), ("time between events", gap)]
        }
    }

    /// From the load's start until the first slow reader came.
    public var before = Figures()
    /// From then until the last one's time was over.
    public var during = Figures()

    /// Nothing seen.
    public init() {}

    /// Adds another's figures.
    public mutating func merge(_ other: SlowNeighbourRecord) {
        before.merge(other.before)
        during.merge(other.during)
    }
}
