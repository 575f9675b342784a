import Record

/// What a climb towards a server's ceiling came to.
public struct CapacitySummary: Codable, Equatable, Sendable {
    /// The levels that were judged, in order.
    public var levels: [CapacityLevel]
    /// The highest level that held; nil where none did.
    public var held: CapacityLevel?
    /// What ended the climb.
    public var ceiling: CapacityRecord.Ceiling
    /// Publishes that the server took; nil where none was asked for.
    public var published: UInt64?

    init(_ record: CapacityRecord) {
        levels = record.levels
        held = record.held
        ceiling = record.ceiling
        published = record.published
    }
}
