import Record
import RunProfile
import Verdict
import Vocabulary

/// Made-up records, gauges and thresholds.
enum Made {
    /// A run of 1,000 connections, all in good order, without gauges.
    static func record() -> RunRecord {
        var record = RunRecord(profile: "made", seed: 1, started: 0)
        record.load.connections.attempted = 1_000
        record.load.connections.established = 1_000
        return record
    }

    /// A counted gauge with residuals at the rungs that are given.
    static func gauge(
        _ name: String = "clients",
        probe: String = "state",
        unit: GaugeRecord.Unit = .count,
        loadEnd: Double? = nil,
        settle: Double? = nil,
        inactivity: Double? = nil,
        publish: Double? = nil
    ) -> GaugeRecord {
        var gauge = GaugeRecord(probe: probe, gauge: name, unit: unit)
        gauge.baseline = 0
        let values = [
            (GaugeRecord.Rung.loadEnd, loadEnd), (.settle, settle), (.inactivity, inactivity), (.publish, publish),
        ]
        gauge.residuals = values.compactMap { rung, value in value.map { .init(rung: rung, value: $0) } }
        return gauge
    }

    /// A leak of the probe `state`, of 1,000 drops.
    static func leak(
        _ gauge: String,
        _ stage: Stage?,
        _ manner: Manner?,
        _ leakClass: LeakClass,
        leaked: Double
    ) -> Leak {
        Leak(
            gauge: gauge,
            probe: "state",
            stage: stage,
            manner: manner,
            drops: 1_000,
            leaked: leaked,
            per1000Drops: leaked,
            low: leaked / 2,
            high: leaked * 2,
            class: leakClass
        )
    }

    /// A gauge that leaks 16 for good.
    static func leakingGauge(_ name: String = "clients", probe: String = "state") -> GaugeRecord {
        gauge(name, probe: probe, loadEnd: 20, settle: 16, inactivity: 16, publish: 16)
    }

    /// What a stage and manner left in the gauge `clients`.
    static func attribution(_ stage: Stage, _ manner: Manner, drops: UInt64 = 50, residual: Double) -> Attribution {
        Attribution(stage: stage, manner: manner, probe: "state", gauge: "clients", drops: drops, residual: residual)
    }

    /// Phases, a second each.
    static func phases(_ names: [Phase.Name]) -> [Phase] {
        names.enumerated().map { Phase(name: $1, start: Double($0), end: Double($0 + 1)) }
    }

    /// A threshold on a metric.
    static func threshold(
        _ metric: ThresholdMetric,
        _ comparison: Threshold.Comparison = .equal,
        _ bound: Double = 0
    ) -> Threshold {
        Threshold(
            expression: "\(metric.name) \(comparison.rawValue) \(bound)",
            metric: metric,
            comparison: comparison,
            bound: bound
        )
    }
}

extension RunRecord {
    /// What is judged of it.
    func judged(_ thresholds: Threshold...) -> Judgement { Judge(thresholds: thresholds).judge(self) }

    /// The findings of a kind.
    func findings(_ id: String) -> [Finding] { judged().findings.filter { $0.id == id } }
}
