import RunProfile
import Vocabulary

@testable import HydrotestKit

/// Moments of a run, made with few words.
enum MadeSnapshot {
    static func counts(started: Int = 0, failed: Int = 0, dropped: Int = 0, events: Int = 0) -> RunCounts {
        var counts = RunCounts()
        counts.started = started
        counts.failed = failed
        counts.dropped = dropped
        counts.events = events
        return counts
    }

    static func moment(
        _ elapsed: Double,
        open: Int = 0,
        counts: RunCounts = RunCounts(),
        gauges: [RunSnapshot.Gauge] = [],
        thresholds: [Threshold] = []
    ) -> RunSnapshot {
        RunSnapshot(
            profile: "made",
            elapsed: elapsed,
            phase: "load",
            activity: "",
            planned: 2_000,
            open: open,
            peak: open,
            counts: counts,
            gauges: gauges,
            thresholds: thresholds.map { LiveThreshold($0, counts: counts, peak: open) }
        )
    }

    static let gauges = [
        RunSnapshot.Gauge(probe: "state", name: "clients", unit: .count, value: 1_234),
        RunSnapshot.Gauge(probe: "process", name: "rss", unit: .bytes, value: 3_145_728),
        RunSnapshot.Gauge(probe: "process", name: "fds", unit: .count, value: nil),
    ]

    static func threshold(_ metric: ThresholdMetric, _ comparison: Threshold.Comparison, _ bound: Double) -> Threshold {
        Threshold(
            expression: "\(metric.name) \(comparison.rawValue) \(bound)",
            metric: metric,
            comparison: comparison,
            bound: bound
        )
    }
}
