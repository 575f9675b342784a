/// When nothing of a load was left but connections that had stalled before their request, so that gauges tell what these
/// hold.
public struct StallHold: Codable, Equatable, Sendable {
    /// How many there were.
    public var connections: UInt64
    /// From when on nothing else was there, in seconds since the load's start.
    public var start: Double
    /// When the first of them was gone, in seconds since the load's start; nil where none was there.
    public var end: Double?

    /// A hold from its parts.
    public init(connections: UInt64, start: Double, end: Double?) {
        self.connections = connections
        self.start = start
        self.end = end
    }

    /// Adds those of another worker of the same load: nothing else is there once that is so for both.
    public mutating func merge(_ other: StallHold) {
        connections.saturatingAdd(other.connections)
        start = max(start, other.start)
        end = [end, other.end].compactMap(\.self).min()
    }
}
