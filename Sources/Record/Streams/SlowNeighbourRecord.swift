/// What healthy streams saw before slow readers were there, and beside them.
public struct SlowNeighbourRecord: Codable, Equatable, Sendable {
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
