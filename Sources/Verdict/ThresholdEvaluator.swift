import Record
import RunProfile
import Vocabulary

/// Measures what thresholds name.
struct ThresholdEvaluator {
    /// What is measured.
    var record: RunRecord
    /// The record's gauges, judged.
    let verdicts: [GaugeVerdict]
    /// How the gauges grew under constant load.
    var growth = GrowthJudge(slopes: [], options: LeakOptions())

    /// Measures and compares; a figure that could not be measured fails.
    func evaluate(_ threshold: Threshold) -> ThresholdResult {
        let value = of(threshold.scenario).flatMap { $0.measure(threshold.metric) }
        return ThresholdResult(
            expression: threshold.expression,
            value: value,
            passed: value.map { threshold.comparison.holds($0, threshold.bound) } ?? false
        )
    }

    /// The evaluator of one scenario's connections, or of all; nil where the scenario was not recorded apart.
    private func of(_ scenario: String?) -> ThresholdEvaluator? {
        // Of one scenario alone, all connections are its.
        guard let scenario, let parts = record.load.scenarios else { return self }
        guard let part = parts.first(where: { $0.name == scenario }) else { return nil }
        var evaluator = self
        evaluator.record.load = part.load
        return evaluator
    }

    /// The measured figure in the metric's unit; nil where it could not be measured.
    func measure(_ metric: ThresholdMetric) -> Double? {
        let heartbeat = record.load.heartbeat
        let attempted = record.load.connections.attempted
        switch metric {
        case .latency(let latency, let figure): return measure(figure, of: record.load[latency])
        case .heartbeatInterval(let figure): return measure(figure, of: heartbeat.interval)
        case .heartbeatJitter(let figure): return heartbeat.rhythm.flatMap { measure(figure, of: $0.jitter) }
        case .heartbeatDrift:
            return record.heartbeatExpected.flatMap { heartbeat.rhythm?.drift(from: $0.expect)?.magnitude }
        case .tokenRate(let figure): return record.load.streams?.tokenRate?.value(atPercentile: percentile(figure))
        case .heartbeatMissed:
            guard record.heartbeatExpected != nil, heartbeat.streams > 0 else { return nil }
            return heartbeat.missed.map { Double($0) }
        case .heartbeatLongestSilence: return heartbeat.longestSilence.map { Double($0) }
        case .heartbeatDisconnected:
            return heartbeat.streams > 0 ? Double(heartbeat.endedForSilence) : nil
        case .delivery(let count): return measure(count)
        case .deliverySpread(let figure): return spread.flatMap { measure(figure, of: $0) }
        case .bystanders(let figure): return besides.isEmpty ? nil : measure(figure, of: besides.latency)
        case .bystanderErrors: return besides.isEmpty ? nil : Double(besides.failed)
        case .leaks: return leaks
        case .errorRate:
            return attempted > 0 ? Double(record.load.connections.failed) / Double(attempted) : nil
        case .errorCount:
            guard attempted > 0 else { return nil }
            return Double(record.load.errors.values.reduce(0 as UInt64) { $0.saturatingAdding($1) })
        case .connections(let count): return Double(measure(count))
        }
    }

    /// What all bystanders saw beside open streams.
    private var besides: BystanderRecord.Part {
        (record.load.bystanders ?? []).reduce(into: BystanderRecord.Part()) { $0.merge($1.beside) }
    }

    /// Gauges that leak; nil where none was seen to and a gauge that sees something could not be judged, or none sees it.
    private var leaks: Double? {
        let counted = verdicts.filter { $0.unit == .count && $0.isJudged }
        let leaking = counted.count { $0.isLeak || growth.isLeak($0) }
        guard leaking == 0 else { return Double(leaking) }
        return counted.isEmpty || counted.contains { $0.class == nil } ? nil : 0
    }

    private func measure(_ figure: ThresholdMetric.Figure, of histogram: LatencyHistogram) -> Double? {
        let percentile: Double
        switch figure {
        case .p50: percentile = 50
        case .p90: percentile = 90
        case .p99: percentile = 99
        case .p999: percentile = 99.9
        case .max: return histogram.isEmpty ? nil : Double(histogram.largest)
        }
        return histogram.value(atPercentile: percentile).map { Double($0) }
    }

    private func percentile(_ figure: ThresholdMetric.RateFigure) -> Double {
        switch figure {
        case .p1: 1
        case .p5: 5
        case .p50: 50
        }
    }

    private func measure(_ count: ThresholdMetric.Connections) -> UInt64 {
        switch count {
        case .attempted: record.load.connections.attempted
        case .established: record.load.connections.established
        case .failed: record.load.connections.failed
        case .dropped: record.load.connections.dropped
        case .completed: record.load.connections.completed
        case .ended: record.load.connections.ended
        case .peak: record.load.connections.peak
        }
    }
}

extension ThresholdEvaluator {
    /// A count over all publishers; nil where nothing was published, or no stream was there to get it.
    func measure(_ count: ThresholdMetric.Delivery) -> Double? {
        guard let deliveries = record.load.deliveries else { return nil }
        let publishing = deliveries.compactMap(\.publishing)
        let total = deliveries.reduce(into: DeliveryCounts()) { $0.merge($1.counts) }
        switch count {
        case .accepted: return sum(publishing.map(\.accepted))
        case .failed: return sum(publishing.map(\.failed))
        default: break
        }
        guard total.streams > 0, publishing.contains(where: { $0.accepted > 0 }) else { return nil }
        return switch count {
        case .received: Double(total.received)
        case .lost: Double(total.lost)
        case .duplicated: Double(total.duplicated)
        case .outOfOrder: Double(total.outOfOrder)
        case .stale: Double(total.stale)
        case .replayed: Double(total.replayed)
        case .accepted, .failed: nil
        }
    }

    /// The spreads of all publishers; nil where nothing was published.
    var spread: LatencyHistogram? {
        record.load.deliveries?.compactMap(\.publishing?.spread).reduce(into: LatencyHistogram()) { $0.merge($1) }
    }

    private func sum(_ counts: [UInt64]) -> Double { Double(counts.reduce(0 as UInt64) { $0.saturatingAdding($1) }) }
}

/// What a threshold measured.
public struct ThresholdResult: Codable, Equatable, Sendable {
    /// The expression as the profile writes it.
    public var expression: String
    /// The measured value, in the metric's unit; nil where it could not be measured, which fails the threshold.
    public var value: Double?
    /// Whether the run holds it.
    public var passed: Bool

    /// The metric's unit, which the expression names; nil where this version has no such metric.
    public var unit: ThresholdMetric.Unit? { ThresholdMetric(of: expression)?.unit }

    /// A result from its parts.
    public init(expression: String, value: Double?, passed: Bool) {
        self.expression = expression
        self.value = value
        self.passed = passed
    }
}

extension Threshold.Comparison {
    /// Whether a value compares with a bound in this way.
    package func holds(_ value: Double, _ bound: Double) -> Bool {
        switch self {
        case .lessOrEqual: value <= bound
        case .greaterOrEqual: value >= bound
        case .equal: value == bound
        case .notEqual: value != bound
        case .less: value < bound
        case .greater: value > bound
        }
    }
}
