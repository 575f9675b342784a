import Record
import Verdict
import Vocabulary

/// What a drop matrix came to.
public struct MatrixSummary: Codable, Equatable, Sendable {
    /// Cycles that were planned, the idle ones included.
    public var planned: UInt64
    /// Cycles that were made.
    public var made: UInt64
    /// Every gauge, in the record's order; those that only ever count up are left out.
    public var gauges: [MatrixGauge]

    /// The matrix of a record; nil where none was made.
    init?(_ record: RunRecord) {
        guard let matrix = record.matrix else { return nil }
        planned = matrix.planned
        made = UInt64(matrix.cycles.count)
        gauges = MatrixJudge(record: record).gauges.filter { $0.unit != .total }.map { gauge in
            var gauge = gauge
            if !gauge.noise.isFinite { gauge.noise = 0 }
            if !gauge.drift.isFinite { gauge.drift = 0 }
            gauge.cells = gauge.cells.filter(\.per1000Drops.isFinite).map { cell in
                var cell = cell
                cell.low = cell.low.finite
                cell.high = cell.high.finite
                return cell
            }
            return gauge
        }
    }
}
