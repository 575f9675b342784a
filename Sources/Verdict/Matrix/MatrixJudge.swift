import Record
import Vocabulary

/// Judges a drop matrix: which cells leak, and in what class.
public struct MatrixJudge: Sendable {
    /// The share of what a cell left below which the rest counts as gone.
    static let goneShare = 0.2

    private let record: RunRecord

    /// A judge of a record's matrix.
    public init(record: RunRecord) { self.record = record }

    /// Every gauge, in the record's order; empty without a matrix.
    public var gauges: [MatrixGauge] {
        guard let matrix = record.matrix else { return [] }
        let classifier = LeakClassifier(record: record)
        let proof = GaugeProof(record)
        return record.gauges.map { gauge in
            let statistics = MatrixStatistics(matrix.cycles, gauge: gauge.seriesName)
            let whole = classifier.classify(gauge).class
            return MatrixGauge(
                probe: gauge.probe,
                gauge: gauge.gauge,
                unit: gauge.unit,
                noise: statistics.noise,
                drift: statistics.drift,
                idle: UInt64(statistics.idle),
                // What only counts up counts drops as well.
                cells: (gauge.unit == .total || proof.standing(of: gauge) == .total ? [] : statistics.estimates).map {
                    estimate in
                    let trial = matrix.trials.first { $0.cell == estimate.cell && $0.gauge == gauge.seriesName }
                    return MatrixGauge.Cell(
                        stage: estimate.cell.stage,
                        manner: estimate.cell.manner,
                        drops: estimate.drops,
                        cycles: UInt64(estimate.cycles),
                        per1000Drops: estimate.per1000(estimate.mean),
                        low: estimate.half.map { estimate.per1000(estimate.mean - $0) },
                        high: estimate.half.map { estimate.per1000(estimate.mean + $0) },
                        class: estimate.isAboveNoise ? Self.class(trial, whole, noise: statistics.noise) : .none
                    )
                }
            )
        }
    }

    /// The class of a leaking cell: by its own trial; else that of the gauge over the whole run; else the mildest that fits.
    static func `class`(_ trial: MatrixTrial?, _ whole: LeakClass?, noise: Double) -> LeakClass {
        if let trial, let settled = trial.residual(at: .settle), settled > noise {
            let little = max(noise, goneShare * settled)
            let (inactivity, publish) = (trial.residual(at: .inactivity), trial.residual(at: .publish))
            if let inactivity, inactivity <= little { return .bounded }
            if let publish { return publish <= little ? .untilBroadcast : .permanent }
            if inactivity != nil { return .permanent }
        }
        // It stood after the settle time of its cycles, so that it does more than drain.
        return whole.flatMap { $0.isLeak ? $0 : nil } ?? .bounded
    }

    /// The gauges' verdicts as the matrix sees them, with the leaks of its cells.
    func traced(_ verdicts: [GaugeVerdict]) -> [(verdict: GaugeVerdict, leaks: [Leak])] {
        zip(verdicts, gauges).map { verdict, gauge in
            var verdict = verdict
            // After a restart of the server its cycles say nothing.
            guard verdict.jump == nil, verdict.isJudged else { return (verdict, []) }
            verdict.leaked = 0
            guard gauge.cells.contains(where: { $0.low != nil }) else {
                verdict.class = verdict.unit == .count ? nil : verdict.class
                verdict.unread = ["It could not be read in two cycles of any stage and manner."]
                return (verdict, [])
            }
            let leaks = gauge.unit == .count ? gauge.cells.filter(\.leaks).map { Self.leak(verdict, $0) } : []
            verdict.unread = []
            verdict.leaked = leaks.reduce(0) { $0 + $1.leaked }
            verdict.class = leaks.map(\.class).max { $0.weight < $1.weight } ?? LeakClass.none
            verdict.evidence = [Self.noiseLine(gauge)]
            return (verdict, leaks.sorted { ($0.per1000Drops ?? 0) > ($1.per1000Drops ?? 0) })
        }
    }

    private static func leak(_ verdict: GaugeVerdict, _ cell: MatrixGauge.Cell) -> Leak {
        Leak(
            gauge: verdict.gauge,
            probe: verdict.probe,
            stage: cell.stage,
            manner: cell.manner,
            drops: cell.drops,
            leaked: cell.per1000Drops * Double(cell.drops) / 1_000,
            per1000Drops: cell.per1000Drops,
            low: cell.low,
            high: cell.high,
            class: cell.class
        )
    }

    private static func noiseLine(_ gauge: MatrixGauge) -> String {
        "Without a leak a cycle changes it by up to \(Wording.number(gauge.noise)) "
            + "(\(Wording.count(gauge.idle, "idle cycle")))."
    }
}
