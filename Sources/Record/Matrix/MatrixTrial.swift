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
