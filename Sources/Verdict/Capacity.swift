import Record
import RunProfile
import Vocabulary

extension FindingKind {
    /// What a climb found: the highest level that held, and what ended it.
    public static let capacity = FindingKind(
        "capacity",
        matters: "This is how many streams the server carries within the thresholds on this machine.",
        look: "Look at Capacity for what broke first, and at the gauges of that moment: processor, descriptors, memory."
    ) { $0.capacity }
}

extension FindingRules {
    fileprivate var capacity: Finding? {
        guard let capacity = record.capacity else { return nil }
        let severity: Severity = capacity.held == nil && capacity.ceiling != .interrupted ? .failure : .info
        return finding(.capacity, severity, title(capacity), evidence(capacity))
    }
}

extension FindingKind {
    /// Publishes of a climb failed.
    public static let capacityPublishFailed = FindingKind(
        "capacity-publish-failed",
        matters: "Event latencies of the climb rest on fewer messages.",
        look: "Look at the errors' names, and at the server's log for the publishing endpoint."
    ) { $0.capacityPublishFailed }
}

extension FindingRules {
    /// Publishes of a climb failed, so that its event latencies rest on fewer.
    fileprivate var capacityPublishFailed: Finding? {
        guard let capacity = record.capacity, !capacity.publishErrors.isEmpty else { return nil }
        let failed = capacity.publishErrors.values.reduce(0 as UInt64) { $0.saturatingAdding($1) }
        return finding(
            .capacityPublishFailed,
            .warning,
            "\(Wording.count(failed, "publish", "publishes")) of the climb failed",
            listed(capacity.publishErrors)
                + ["Event latency is measured by \(Wording.count(capacity.published ?? 0, "publish", "publishes"))."]
        )
    }

    private func title(_ capacity: CapacityRecord) -> String {
        let held = capacity.held.map { "holds \(Wording.count($0.streams, "stream")) (\(figures($0)))" }
        switch capacity.ceiling {
        case .limit: return "\(held ?? "") and did not break; the ceiling is higher"
        case .interrupted: return held.map { "\($0); the climb was cut short" } ?? "the climb was cut short"
        case .threshold:
            guard let broken = capacity.broken else { return held ?? "" }
            let streams = held == nil ? Wording.count(broken.streams, "stream") : Wording.number(broken.streams)
            let what = "breaks at \(streams): \(reasons(broken).first ?? "")"
            return held.map { "\($0); \(what)" } ?? "the first level \(what)"
        case .generator:
            guard let broken = capacity.broken else { return held ?? "" }
            let reason = "at \(Wording.number(broken.streams)) \(broken.saturation.first ?? "")"
            let whose = "the generator's ceiling, not the server's: \(reason)"
            return held.map { "\($0); \(whose)" } ?? "no level could be judged; \(whose)"
        }
    }

    private func evidence(_ capacity: CapacityRecord) -> [String] {
        var evidence = ["Each level was judged by what happened in its own time."]
        guard let broken = capacity.broken else { return evidence }
        let breach = broken.saturation + reasons(broken)
        evidence += breach.map { "At \(Wording.count(broken.streams, "stream")): \($0)." }
        let next =
            if !broken.saturation.isEmpty {
                "Give the generator more processors or workers, or a lower arrival rate."
            } else if let held = capacity.held {
                "The ceiling lies between \(Wording.number(held.streams)) and "
                    + "\(Wording.number(broken.streams)) streams; a smaller step finds it closer."
            } else {
                "Begin lower: set capacity.from below \(Wording.number(broken.streams))."
            }
        return evidence + [next]
    }

    /// What a held level is worth: `200 arrivals/s, event p99 12 ms`.
    private func figures(_ level: CapacityLevel) -> String {
        ["\(Wording.number(level.arrivals.rounded())) arrivals/s"]
            .appending(level.eventP99.map { "event p99 \(DurationText.format($0))" }).joined(separator: ", ")
    }

    /// The thresholds that broke, those with a value first: `connect.p99 < 500ms was 812 ms`.
    private func reasons(_ level: CapacityLevel) -> [String] {
        let broken = level.measures.filter { !$0.held }
        return (broken.filter { $0.value != nil } + broken.filter { $0.value == nil }).map { measure in
            guard let value = measure.value else { return "\(measure.expression) could not be measured" }
            let unit = thresholds.first { $0.expression == measure.expression }?.metric.unit
            let text =
                switch unit {
                case .nanoseconds: DurationText.format(Nanoseconds(seconds: value / 1e9))
                case .share: Wording.number(value * 100) + "%"
                case .count, nil: Wording.number(value)
                }
            return "\(measure.expression) was \(text)"
        }
    }
}

extension [String] {
    fileprivate func appending(_ text: String?) -> [String] { text.map { self + [$0] } ?? self }
}

/// Judges one level of a climb by what was recorded in its own time: a pure function.
public struct LevelJudge: Sendable {
    /// When a level was, and how many streams it is about.
    public struct Span: Equatable, Sendable {
        /// The streams that the level is about.
        public var streams: UInt64
        /// How long its own streams took to arrive, in seconds.
        public var opening: Double
        /// When it began, in seconds since the run's start.
        public var start: Double
        /// When it ended, in seconds since the run's start.
        public var end: Double

        /// A span from its parts.
        public init(streams: UInt64, opening: Double, start: Double, end: Double) {
            self.streams = streams
            self.opening = opening
            self.start = start
            self.end = end
        }
    }

    private let thresholds: [Threshold]
    private let heartbeat: HeartbeatExpectation?

    /// A judge that holds levels to those of the profile's thresholds that one level can answer.
    ///
    /// - Parameter heartbeat: what is expected of heartbeats; nil where nothing is.
    public init(thresholds: [Threshold], heartbeat: HeartbeatExpectation?) {
        self.thresholds = thresholds.filter(\.metric.isJudgedByLevel)
        self.heartbeat = heartbeat
    }

    /// Judges a level; it holds where each threshold holds, its streams are open, and the generator kept up.
    ///
    /// - Parameter saturation: why the generator's figures of the level are not to be trusted; empty where they are.
    public func judge(_ level: LevelRecord, over span: Span, saturation: [String]) -> CapacityLevel {
        let run = record(of: level)
        let evaluator = ThresholdEvaluator(record: run, verdicts: [])
        let measures = thresholds.map { threshold in
            let result = evaluator.evaluate(threshold)
            return CapacityLevel.Measure(expression: result.expression, value: result.value, held: result.passed)
        }
        var judged = CapacityLevel(
            streams: span.streams,
            measures: measures + [Self.openStreams(level.open, of: span.streams)],
            saturation: saturation
        )
        judged.open = level.open
        judged.start = span.start
        judged.end = span.end
        judged.arrivals = span.opening > 0 ? Double(run.load.connections.attempted) / span.opening : 0
        judged.connectP99 = run.load.latency[.connect].value(atPercentile: 99)
        judged.eventP50 = run.load.latency[.event].value(atPercentile: 50)
        judged.eventP99 = run.load.latency[.event].value(atPercentile: 99)
        judged.heartbeatP99 = run.load.heartbeat.interval.value(atPercentile: 99)
        judged.missed = run.load.heartbeat.missed
        judged.errors = run.load.connections.failed
        return judged
    }

    /// The level as the record of a run of its own.
    private func record(of level: LevelRecord) -> RunRecord {
        var run = RunRecord(profile: "", seed: 0, started: 0)
        run.load = level.load
        run.heartbeatExpected = heartbeat
        // All open streams were watched, also those that earlier levels opened.
        run.load.heartbeat.streams = max(level.load.heartbeat.streams, level.open)
        // A beat that is overdue at the end is missed, though it is counted only once it comes.
        run.load.heartbeat.missed = level.load.heartbeat.missed.map { $0.saturatingAdding(level.overdue) }
        return run
    }

    /// The threshold that no profile has to write: a level whose streams are not there does not hold.
    private static func openStreams(_ open: UInt64, of streams: UInt64) -> CapacityLevel.Measure {
        let least = UInt64((Double(streams) * VerdictLimits.leastOpenShare).rounded(.up))
        return CapacityLevel.Measure(
            expression: "streams.open >= \(least)",
            value: Double(open),
            held: open >= least
        )
    }
}

extension ThresholdMetric {
    /// Whether each level of a climb is judged by it; other metrics are about the whole run.
    var isJudgedByLevel: Bool {
        switch self {
        case .latency, .heartbeatInterval, .heartbeatMissed, .heartbeatLongestSilence, .heartbeatDisconnected: true
        case .heartbeatJitter, .tokenRate: true
        // A stream's mean interval is known at its end.
        case .heartbeatDrift: false
        case .errorRate, .errorCount, .connections(.failed), .connections(.ended): true
        case .delivery, .deliverySpread, .leaks, .connections, .bystanders, .bystanderErrors: false
        }
    }
}
