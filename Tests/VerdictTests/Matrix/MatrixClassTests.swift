import Record
import Testing
import Verdict
import Vocabulary

/// The class of a leaking cell.
@Suite struct MatrixClassTests {
    private let cell = MatrixCell(stage: .requestSent, manner: .fin)

    /// A gauge that gains 20 in each of three cycles of one cell, with one more cycle and its ladder.
    private func leakClass(
        gauge: GaugeRecord = Made.gauge(settle: 0),
        trial: [(GaugeRecord.Rung, Double)]
    ) throws -> LeakClass {
        var record = Made.record()
        record.gauges = [gauge]
        record.phases = Made.phases([.baseline, .load, .settle])
        var matrix = MatrixRecord(planned: 5)
        for (index, cell) in [cell, nil, cell, nil, cell].enumerated() {
            matrix.cycles.append(
                MatrixCycle(
                    cell: cell,
                    drops: cell == nil ? 0 : 20,
                    start: Double(index),
                    end: Double(index + 1),
                    changes: ["state.clients": cell == nil ? 0 : 20]
                )
            )
        }
        if !trial.isEmpty {
            let residuals = trial.map { GaugeRecord.Residual(rung: $0.0, value: $0.1) }
            matrix.trials = [MatrixTrial(cell: cell, gauge: "state.clients", residuals: residuals)]
        }
        record.matrix = matrix
        return try #require(record.judged().leaks.first).class
    }

    @Test func theCellsOwnLadderDecides() throws {
        #expect(try leakClass(trial: [(.settle, 20), (.inactivity, 0)]) == .bounded)
        #expect(try leakClass(trial: [(.settle, 20), (.inactivity, 20), (.publish, 0)]) == .untilBroadcast)
        #expect(try leakClass(trial: [(.settle, 20), (.inactivity, 20), (.publish, 20)]) == .permanent)
        #expect(try leakClass(trial: [(.settle, 20), (.publish, 1)]) == .untilBroadcast)
    }

    @Test func withoutOneTheWholeRunsClassIsTaken() throws {
        #expect(try leakClass(gauge: Made.gauge(settle: 60, inactivity: 60, publish: 60), trial: []) == .permanent)
    }

    /// Everything had gone by the end of the run, so that something cleaned up.
    @Test func theMildestThatFitsOtherwise() throws {
        #expect(try leakClass(trial: []) == .bounded)
        #expect(try leakClass(trial: [(.settle, 0)]) == .bounded)
    }
}
