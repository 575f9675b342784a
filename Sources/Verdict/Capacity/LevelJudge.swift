import Record
import RunProfile
import Vocabulary

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
        judged.connectP99 = run.load.latency.connect.value(atPercentile: 99)
        judged.eventP50 = run.load.latency.event.value(atPercentile: 50)
        judged.eventP99 = run.load.latency.event.value(atPercentile: 99)
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
