import FoundationEssentials
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

/// Pass or fail of the whole run.
public enum ReportVerdict: String, CaseIterable, Codable, Sendable {
    /// Every threshold holds and no finding is a failure.
    case pass
    /// A threshold does not hold, or a finding is a failure.
    case fail
}

extension ReportDocument: Codable {
    enum CodingKeys: String, CodingKey, CaseIterable {
        case schema, profile, seed, started, ended, environment, verdict
        case connections, drops, errors, latency, heartbeat, delivery, leaks, generator, findings, thresholds
        case scenarios, streams, slowReaders, reconnect, hooks, errorFaces, bystanders, stalls
        case capacity, matrix, race, phases, gauges, slopes, series, record
    }

    /// Reads what ``encode(to:)`` wrote.
    ///
    /// - Throws: `DecodingError` where the document's version is unknown or a key is missing.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let schema = try container.decode(String.self, forKey: .schema)
        guard schema == Self.currentSchema else {
            throw DecodingError.dataCorruptedError(
                forKey: .schema,
                in: container,
                debugDescription: "a report of the form \(schema) cannot be read; \(Self.currentSchema) is known"
            )
        }
        var record = try container.decode(RunRecord.self, forKey: .record)
        record.series = try container.decode([String: Series].self, forKey: .series)
        // Everything else is computed anew from these two, so a document cannot contradict itself.
        self.init(
            record: record,
            judgement: Judgement(
                leaks: try container.decode([Leak].self, forKey: .leaks),
                findings: try container.decode([Finding].self, forKey: .findings),
                thresholds: try container.decode([ThresholdResult].self, forKey: .thresholds)
            )
        )
    }

    /// Writes every key; the series are written once, and are those of `record` too.
    ///
    /// - Throws: `EncodingError` where the encoder refuses a value.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        for key in CodingKeys.allCases { try encode(key, into: &container) }
    }

    func encode(_ key: CodingKeys, into container: inout KeyedEncodingContainer<CodingKeys>) throws {
        switch key {
        case .schema: try container.encode(schema, forKey: key)
        case .profile: try container.encode(profile, forKey: key)
        case .seed: try container.encode(seed, forKey: key)
        case .started: try container.encode(started, forKey: key)
        case .ended: try container.encode(ended, forKey: key)
        case .environment: try container.encode(environment, forKey: key)
        case .verdict: try container.encode(verdict, forKey: key)
        case .connections: try container.encode(connections, forKey: key)
        case .drops: try container.encode(drops, forKey: key)
        case .errors: try container.encode(errors, forKey: key)
        case .errorFaces: try container.encodeIfPresent(errorFaces, forKey: key)
        case .bystanders: try container.encodeIfPresent(bystanders, forKey: key)
        case .stalls: try container.encodeIfPresent(stalls, forKey: key)
        case .latency: try container.encode(latency, forKey: key)
        case .heartbeat: try container.encode(heartbeat, forKey: key)
        case .delivery: try container.encodeIfPresent(delivery, forKey: key)
        case .reconnect: try container.encodeIfPresent(reconnect, forKey: key)
        case .hooks: try container.encodeIfPresent(hooks, forKey: key)
        case .leaks: try container.encode(leaks, forKey: key)
        case .generator: try container.encode(generator, forKey: key)
        case .findings: try container.encode(findings, forKey: key)
        case .thresholds: try container.encode(thresholds, forKey: key)
        case .scenarios: try container.encodeIfPresent(scenarios, forKey: key)
        case .streams: try container.encodeIfPresent(streams, forKey: key)
        case .slowReaders: try container.encodeIfPresent(slowReaders, forKey: key)
        case .capacity: try container.encodeIfPresent(capacity, forKey: key)
        case .matrix: try container.encodeIfPresent(matrix, forKey: key)
        case .race: try container.encodeIfPresent(race, forKey: key)
        case .phases: try container.encode(phases, forKey: key)
        case .gauges: try container.encode(gauges, forKey: key)
        case .slopes: try container.encode(slopes, forKey: key)
        case .series: try container.encode(series, forKey: key)
        case .record:
            var record = record
            record.series = [:]
            try container.encode(record, forKey: key)
        }
    }
}

extension ReportDocument {
    /// The document as JSON (RFC 8259), in UTF-8: its keys in order, and the same bytes for the same document.
    ///
    /// - Throws: `EncodingError` where a value cannot be written.
    public func json() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
        // The encoder can sort keys but not keep their order, so each key is written as an object of its own.
        var bytes = [UInt8(ascii: "{")]
        for key in CodingKeys.allCases {
            let object = try encoder.encode(Member(document: self, key: key))
            // A key without a value is left out.
            guard object.count > 2 else { continue }
            if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(contentsOf: object.dropFirst().dropLast())
        }
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }

    /// Reads a document from JSON.
    ///
    /// - Throws: `DecodingError` where the bytes are no report, or one of an unknown form.
    public init(json: [UInt8]) throws {
        self = try JSONDecoder().decode(Self.self, from: Data(json))
    }

    private struct Member: Encodable {
        let document: ReportDocument
        let key: CodingKeys

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try document.encode(key, into: &container)
        }
    }
}

extension RunRecord {
    /// The record without what JSON cannot hold: NaN and infinities, which a server's metrics may well contain.
    ///
    /// A point that is not finite leaves its series; a figure that is not finite becomes one that was not measured.
    func finite() -> RunRecord {
        var record = self
        record.series = series.mapValues(Self.finite)
        record.phases = phases.filter { $0.start.isFinite && $0.end.isFinite }
        record.attributions = attributions.filter(\.residual.isFinite)
        record.gauges = gauges.map { gauge in
            var gauge = gauge
            gauge.baseline = gauge.baseline.finite
            gauge.peak = gauge.peak.finite
            gauge.fell = gauge.fell.finite
            gauge.residuals = gauge.residuals.filter(\.value.isFinite)
            return gauge
        }
        if let steady, !steady.start.isFinite || !steady.end.isFinite { record.steady = nil }
        record.capacity?.levels = (capacity?.levels ?? []).map(Self.finite)
        for index in (matrix?.cycles ?? []).indices {
            record.matrix?.cycles[index].changes = matrix?.cycles[index].changes.filter(\.value.isFinite) ?? [:]
        }
        for index in (race?.batches ?? []).indices {
            record.race?.batches[index].changes = race?.batches[index].changes.filter(\.value.isFinite) ?? [:]
        }
        if !started.isFinite { record.started = 0 }
        if !ended.isFinite { record.ended = record.started }
        if !generator.cpuSeconds.isFinite { record.generator.cpuSeconds = 0 }
        return record
    }

    private static func finite(_ level: CapacityLevel) -> CapacityLevel {
        var level = level
        if !level.start.isFinite { level.start = 0 }
        if !level.end.isFinite { level.end = level.start }
        if !level.arrivals.isFinite { level.arrivals = 0 }
        for index in level.measures.indices { level.measures[index].value = level.measures[index].value.finite }
        return level
    }

    private static func finite(_ series: Series) -> Series {
        var finite = Series(unit: series.unit)
        for (t, v) in zip(series.t, series.v) where t.isFinite && v.isFinite {
            finite.t.append(t)
            finite.v.append(v)
        }
        return finite
    }
}

extension Double? {
    /// The number where it is finite.
    var finite: Double? { flatMap { $0.isFinite ? $0 : nil } }
}
