import Record
import Verdict
import Vocabulary

/// A report as data: the figures that tools may rely on, and the record they were computed from.
///
/// A figure that could not be measured is absent, never zero. Spans are in ns, series' times in seconds since the run's
/// start, the run's own moments in seconds since 1970.
public struct ReportDocument: Equatable, Sendable {
    /// The version of this document's form.
    public static let currentSchema = "hydrotest.report/1"

    /// The document's version; a reader refuses one it does not know.
    public let schema: String
    /// The profile's name.
    public let profile: String
    /// The seed the plan was drawn from.
    public let seed: UInt64
    /// When the run started, in seconds since 1970.
    public let started: Double
    /// When the run ended, in seconds since 1970.
    public let ended: Double
    /// Where and how it ran.
    public let environment: RunEnvironment
    /// Pass or fail.
    public let verdict: ReportVerdict
    /// Connections by fate.
    public let connections: ConnectionCounts
    /// The drops made, by stage and manner.
    public let drops: [DropCount]
    /// Errors by name.
    public let errors: [String: UInt64]
    /// How the errors looked, the most frequent first; nil where there were none.
    public let errorFaces: [ErrorSummary]?
    /// What ordinary requests beside the streams saw; nil where none were made.
    public let bystanders: [BystanderSummary]?
    /// What became of stalled connections, stage by stage; nil where none stalled.
    public let stalls: [StallRecord]?
    /// The latencies that were measured, in ns.
    public let latency: LatencySummaries
    /// What the heartbeats did.
    public let heartbeat: HeartbeatSummary
    /// What became of published messages, one for each publisher; nil where nothing was published.
    public let delivery: [DeliverySummary]?
    /// How closed streams came back; nil where none was to.
    public let reconnect: ReconnectSummary?
    /// The profile's commands; nil where it has none.
    public let hooks: [HookRecord]?
    /// What leaked, the worst class first.
    public let leaks: [Leak]
    /// The generator's own state.
    public let generator: GeneratorSummary
    /// The judged facts, the weightiest first.
    public let findings: [Finding]
    /// The thresholds, in the profile's order.
    public let thresholds: [ThresholdResult]
    /// What each scenario's connections did; nil where there is only one.
    public let scenarios: [ScenarioSummary]?
    /// What streams brought that were followed to their end; nil where none were.
    public let streams: StreamSummary?
    /// What became of slow readers; nil where there were none.
    public let slowReaders: SlowReaderSummary?
    /// What the climb towards the server's ceiling came to; nil where none was made.
    public let capacity: CapacitySummary?
    /// What the drop matrix came to; nil where none was made.
    public let matrix: MatrixSummary?
    /// What the search for a race came to; nil where none was made.
    public let race: RaceSummary?
    /// The run's phases, in order.
    public let phases: [Phase]
    /// What the gauges showed, one for each probe and gauge.
    public let gauges: [GaugeRecord]
    /// How the gauges changed under constant load; none where it was too short, or there was none.
    public let slopes: [GaugeSlope]
    /// Figures over time, by name.
    public let series: [String: Series]
    /// What happened in the run, whole: a report can be merged, compared and rendered again from it.
    public let record: RunRecord

    /// The report of a run.
    ///
    /// - Parameters:
    ///   - record: what happened; numbers that are not finite are left out.
    ///   - judgement: what was judged of it.
    public init(record: RunRecord, judgement: Judgement) {
        let record = record.finite()
        schema = Self.currentSchema
        profile = record.profile
        seed = record.seed
        started = record.started
        ended = record.ended
        environment = record.environment
        verdict = judgement.passed ? .pass : .fail
        connections = record.load.connections
        drops = record.load.drops
        errors = record.load.errors
        errorFaces = ErrorSummary.all(of: record)
        bystanders = record.load.bystanders.map { $0.map(BystanderSummary.init) }
        stalls = record.load.stalls
        latency = LatencySummaries(record.load)
        heartbeat = HeartbeatSummary(record.load.heartbeat, expected: record.heartbeatExpected)
        delivery = record.load.deliveries?.map { DeliverySummary($0, in: record.load) }
        reconnect = record.load.reconnect.map(ReconnectSummary.init)
        hooks = record.hooks
        leaks = judgement.leaks.filter(\.leaked.isFinite).map { leak in
            var leak = leak
            leak.per1000Drops = leak.per1000Drops.finite
            leak.low = leak.low.finite
            leak.high = leak.high.finite
            return leak
        }
        generator = GeneratorSummary(record)
        findings = judgement.findings
        thresholds = judgement.thresholds.map { result in
            ThresholdResult(expression: result.expression, value: result.value.finite, passed: result.passed)
        }
        scenarios = record.load.scenarios.map { scenarios in
            scenarios.map { ScenarioSummary($0, expected: record.heartbeatExpected) }
        }
        streams = record.load.streams.map(StreamSummary.init)
        slowReaders = record.load.slowReaders.map(SlowReaderSummary.init)
        capacity = record.capacity.map(CapacitySummary.init)
        matrix = MatrixSummary(record)
        race = RaceSummary(record)
        phases = record.phases
        gauges = record.gauges
        slopes = SlopeEstimator(record: record).slopes
        series = record.series
        self.record = record
    }

    /// What was judged of the run.
    public var judgement: Judgement { Judgement(leaks: leaks, findings: findings, thresholds: thresholds) }

    /// What a leak's gauge counts; things that can be counted where the gauge is unknown.
    func unit(of leak: Leak) -> GaugeRecord.Unit {
        gauges.first { $0.probe == leak.probe && $0.gauge == leak.gauge }?.unit ?? .count
    }
}
