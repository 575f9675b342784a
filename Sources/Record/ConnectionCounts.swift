/// Connections by fate.
public struct ConnectionCounts: Codable, Equatable, Sendable {
    /// Connections started.
    public var attempted: UInt64 = 0
    /// Streams whose response head came and was that of an event stream.
    public var established: UInt64 = 0
    /// Connections that ended in an error, at any point.
    public var failed: UInt64 = 0
    /// Deliberate drops made, at their stage or of all streams at once.
    public var dropped: UInt64 = 0
    /// Streams held for their whole time.
    public var completed: UInt64 = 0
    /// Streams that the server ended in good order before their time.
    public var ended: UInt64 = 0
    /// The most streams open at once.
    public var peak: UInt64 = 0

    /// No connections.
    public init() {}

    /// Adds another's counts.
    ///
    /// Peaks add up, as workers run side by side: the sum is an upper bound. No count can overflow.
    public mutating func merge(_ other: ConnectionCounts) {
        attempted.saturatingAdd(other.attempted)
        established.saturatingAdd(other.established)
        failed.saturatingAdd(other.failed)
        dropped.saturatingAdd(other.dropped)
        completed.saturatingAdd(other.completed)
        ended.saturatingAdd(other.ended)
        peak.saturatingAdd(other.peak)
    }
}
