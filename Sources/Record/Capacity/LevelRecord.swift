/// What one level of a climb recorded in its own time; workers' levels are merged.
public struct LevelRecord: Equatable, Sendable {
    /// What the connections did from the level's begin to its end.
    public var load = LoadRecord()
    /// Streams open at the level's end.
    public var open: UInt64 = 0
    /// Open streams whose heartbeat was overdue at the level's end.
    public var overdue: UInt64 = 0

    /// A level of nothing.
    public init() {}

    /// Adds what another worker recorded in the same level.
    public mutating func merge(_ other: LevelRecord) {
        load.merge(other.load)
        open.saturatingAdd(other.open)
        overdue.saturatingAdd(other.overdue)
    }
}
