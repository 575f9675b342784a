import Vocabulary

/// What a drop matrix saw, cycle by cycle, in the order in which its cycles were made.
public struct MatrixRecord: Codable, Equatable, Sendable {
    /// The cycles that were made.
    public var cycles: [MatrixCycle] = []
    /// Cycles that were planned, the idle ones included.
    public var planned: UInt64
    /// What became of what leaking cells left; empty where none leaks, or there was nothing to wait for.
    public var trials: [MatrixTrial] = []

    /// A matrix that has not begun.
    public init(planned: UInt64) { self.planned = planned }
}

/// A cell of a drop matrix: a stage with a manner that applies there.
public struct MatrixCell: Codable, Hashable, Sendable {
    /// Where the connections are dropped.
    public var stage: Stage
    /// How.
    public var manner: Manner

    /// A cell from its parts.
    public init(stage: Stage, manner: Manner) {
        self.stage = stage
        self.manner = manner
    }
}

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

/// One more cycle of a leaking cell, followed by the ladder: what becomes of what this cell leaves.
public struct MatrixTrial: Codable, Equatable, Sendable {
    /// The cell.
    public var cell: MatrixCell
    /// The gauge's series name.
    public var gauge: String
    /// What it held above its value before the cycle, by rung; a rung that was left out or not read is absent.
    public var residuals: [GaugeRecord.Residual]

    /// A trial from its parts.
    public init(cell: MatrixCell, gauge: String, residuals: [GaugeRecord.Residual]) {
        self.cell = cell
        self.gauge = gauge
        self.residuals = residuals
    }

    /// The residual at a rung; nil where it was not read.
    public func residual(at rung: GaugeRecord.Rung) -> Double? { residuals.first { $0.rung == rung }?.value }
}
