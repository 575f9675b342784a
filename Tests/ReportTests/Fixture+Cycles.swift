import Record
import Report
import Verdict
import Vocabulary

extension Fixture {
    /// A drop matrix in which clients leak at one stage in two manners, and timers nowhere.
    static func matrix() -> ReportDocument {
        var record = RunRecord(profile: "matrix", seed: 42, started: 1_790_000_000)
        record.ended = record.started + 60
        record.gauges = ["clients", "timers"].map { name in
            var gauge = GaugeRecord(probe: "state", gauge: name, unit: .count)
            gauge.baseline = 0
            gauge.residuals = [.init(rung: .settle, value: name == "clients" ? 90 : 0)]
            return gauge
        }
        var matrix = MatrixRecord(planned: 20)
        let cells = [Stage.connecting, .requestSent].flatMap { stage in
            [Manner.fin, .halfClose].filter { $0.applies(at: stage, tls: false) }
                .map { MatrixCell(stage: stage, manner: $0) }
        }
        for round in 0..<3 {
            for cell in cells + [nil] {
                let leaked = cell?.stage == .requestSent ? (cell?.manner == .fin ? 20.0 : 10) : 0
                matrix.cycles.append(
                    MatrixCycle(
                        cell: cell,
                        drops: cell == nil ? 0 : 20,
                        start: Double(round),
                        end: Double(round + 1),
                        changes: ["state.clients": leaked, "state.timers": 0]
                    )
                )
            }
        }
        record.matrix = matrix
        return ReportDocument(record: record, judgement: Judge(thresholds: []).judge(record))
    }

    /// A search that found a window from 100 to 300 µs.
    static func race() -> ReportDocument {
        var record = RunRecord(profile: "race", seed: 42, started: 1_790_000_000)
        record.ended = record.started + 60
        var gauge = GaugeRecord(probe: "state", gauge: "clients", unit: .count)
        gauge.baseline = 0
        gauge.residuals = [.init(rung: .settle, value: 500)]
        record.gauges = [gauge]
        var race = RaceRecord(manner: .fin, from: 0, to: 20 * ms, budget: 20_000)
        race.stage = .requestSent
        race.gauge = "state.clients"
        race.end = .known
        race.again = "hydrotest race race.yaml --stage request-sent"
        let inside = 100...300
        for delay in stride(from: 10, to: 600, by: 5) {
            let leaked = inside.contains(delay) ? 19.0 : delay == 95 || delay == 305 ? 8 : 0
            let median = Nanoseconds(delay) * .perMicrosecond
            race.batches.append(
                RaceBatch(
                    stage: .requestSent,
                    asked: median,
                    delays: .init(min: median, median: median, max: median),
                    drops: 20,
                    changes: ["state.clients": leaked]
                )
            )
        }
        record.race = race
        return ReportDocument(record: record, judgement: Judge(thresholds: []).judge(record))
    }
}
