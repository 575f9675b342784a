/// One try of a matrix's cell, or an idle cycle: some drops, a settle, and by how much each gauge changed.
public struct MatrixCycle: Codable, Equatable, Sendable {
    /// The cell; nil for an idle cycle, in which nothing was dropped.
    public var cell: MatrixCell?
    /// Drops made.
    public var drops: UInt64
    /// When it began, in seconds since the run's start.
    public var start: Double
    /// When its last gauge was read, in seconds since the run's start.
    public var end: Double
    /// What each gauge gained or lost, by its series name; a gauge that could not be read is absent.
    public var changes: [String: Double]

    /// A cycle from its parts.
    public init(cell: MatrixCell?, drops: UInt64, start: Double, end: Double, changes: [String: Double]) {
        self.cell = cell
        self.drops = drops
        self.start = start
        self.end = end
        self.changes = changes
    }
}
