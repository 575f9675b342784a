import Record
import Verdict
import Vocabulary

/// Every figure of a run that can be set beside that of another; one that was not measured is absent.
public struct RunFigures: Sendable {
    /// The most figures; those of further gauges and errors are left out.
    public static let limit = 500

    private let record: RunRecord
    private let judgement: Judgement

    /// The figures of a record and what was judged of it.
    public init(record: RunRecord, judgement: Judgement) {
        self.record = record
        self.judgement = judgement
    }

    /// The figures, in the order in which they are shown.
    public var all: [Figure] {
        let figures = leaks + connections + errors + latencies + heartbeat + capacity + gauges + generator
        return Array(figures.prefix(Self.limit))
    }

    private var leaks: [Figure] {
        let judged = record.gauges.filter { $0.baseline != nil && !$0.residuals.isEmpty && $0.unit == .count }
        guard !judged.isEmpty || !judgement.leaks.isEmpty else { return [] }
        let leaking = Set(judgement.leaks.filter { $0.class.isLeak }.map { "\($0.probe).\($0.gauge)" })
        let total = Figure("leaks", .count, .lower, .exact(Double(leaking.count)))
        return [total]
            + judged.compactMap { gauge in
                let own = judgement.leaks.filter { $0.probe == gauge.probe && $0.gauge == gauge.gauge }
                let worst = own.max { ($0.per1000Drops ?? 0) < ($1.per1000Drops ?? 0) }
                // A gauge that leaked nothing may leak a little: so much that these drops did not show it.
                let estimate =
                    worst.flatMap { leak in
                        leak.per1000Drops.map { Estimate($0, low: leak.low, high: leak.high) }
                    } ?? (own.isEmpty ? .share(0, of: record.load.connections.dropped, scale: 1_000) : nil)
                return estimate.map { Figure("leak.\(gauge.seriesName)", .count, .lower, $0) }
            }
    }

    private var connections: [Figure] {
        let counts = record.load.connections
        guard counts.attempted > 0 else { return [] }
        // What the plan says has no chance in it; what the server makes of it shows as errors.
        return [
            Figure("connections.attempted", .count, .none, .exact(Double(counts.attempted))),
            Figure("connections.established", .count, .higher, .count(counts.established)),
            Figure("connections.dropped", .count, .none, .exact(Double(counts.dropped))),
            Figure("connections.completed", .count, .higher, .count(counts.completed)),
            Figure("connections.ended", .count, .lower, .count(counts.ended)),
            Figure("connections.failed", .count, .lower, .count(counts.failed)),
            Figure("connections.peak", .count, .none, .unknown(Double(counts.peak))),
        ]
    }

    private var errors: [Figure] {
        let counts = record.load.connections
        let all = record.load.errors.values.reduce(UInt64(0)) { $0.saturatingAdding($1) }
        return [
            Estimate.share(Double(counts.failed), of: counts.attempted).map {
                Figure("errors.rate", .share, .lower, $0)
            },
            counts.attempted > 0 ? Figure("errors.count", .count, .lower, .count(all)) : nil,
        ].compactMap(\.self)
            + record.load.errors.sorted { $0.key < $1.key }.prefix(50).map {
                Figure("errors.\($0.key)", .count, .lower, .count($0.value))
            }
    }

    private var latencies: [Figure] {
        Latency.allCases.flatMap { Self.percentiles($0.rawValue, record.load[$0], [50, 90, 99, 99.9]) }
    }

    private var heartbeat: [Figure] {
        let heartbeat = record.load.heartbeat
        let jitter = heartbeat.rhythm?.jitter ?? LatencyHistogram()
        return Self.percentiles("heartbeat.interval", heartbeat.interval, [50, 99])
            + Self.percentiles("heartbeat.jitter", jitter, [50, 99])
            + [
                heartbeat.missed.map { Figure("heartbeat.missed", .count, .lower, .count($0)) },
                heartbeat.longestSilence.map {
                    Figure("heartbeat.longestSilence", .nanoseconds, .lower, .unknown(Double($0)))
                },
                heartbeat.streams > 0
                    ? Figure(
                        "heartbeat.disconnectedWhileQuiet",
                        .count,
                        .lower,
                        .count(heartbeat.disconnectedWhileQuiet)
                    ) : nil,
            ].compactMap(\.self)
    }

    private var capacity: [Figure] {
        guard let capacity = record.capacity else { return [] }
        return [Figure("capacity.held", .count, .higher, .exact(Double(capacity.held?.streams ?? 0)))]
    }

    private var gauges: [Figure] {
        record.gauges.flatMap { gauge in
            let unit = gauge.unit == .bytes ? Figure.Unit.bytes : .count
            let goal = gauge.unit == .total ? Figure.Goal.none : .lower
            return [
                gauge.peak.map { Figure("gauge.\(gauge.seriesName).peak", unit, .none, .unknown($0)) },
                gauge.residuals.last.map { Figure("gauge.\(gauge.seriesName).left", unit, goal, .unknown($0.value)) },
            ].compactMap(\.self)
        }
    }

    private var generator: [Figure] {
        let generator = record.generator
        // The generator's own figures are no merit or fault of the server.
        return Self.percentiles("generator.loopLag", record.load.loopLag, [50, 99], .none)
            + [
                generator.cpuSeconds > 0
                    ? Figure("generator.cpuSeconds", .seconds, .none, .unknown(generator.cpuSeconds)) : nil,
                generator.peakResidentBytes > 0
                    ? Figure(
                        "generator.peakResidentBytes",
                        .bytes,
                        .none,
                        .unknown(Double(generator.peakResidentBytes))
                    ) : nil,
            ].compactMap(\.self)
    }

    private static func percentiles(
        _ name: String,
        _ histogram: LatencyHistogram,
        _ levels: [Double],
        _ goal: Figure.Goal = .lower
    ) -> [Figure] {
        guard !histogram.isEmpty else { return [] }
        let figures = levels.compactMap { level in
            Estimate.percentile(level, of: histogram).map { estimate in
                let digits = "\(level)".replacing(".0", with: "").replacing(".", with: "")
                return Figure("\(name).p\(digits)", .nanoseconds, goal, estimate)
            }
        }
        return figures + [Figure("\(name).max", .nanoseconds, goal, .unknown(Double(histogram.largest)))]
    }
}

/// One figure of a run, by the name that it has in thresholds.
public struct Figure: Equatable, Sendable {
    /// What a figure counts.
    public enum Unit: String, Codable, Sendable {
        /// Nanoseconds.
        case nanoseconds = "ns"
        /// A share: 0.001 for 0.1%.
        case share
        /// Things.
        case count
        /// Bytes.
        case bytes
        /// Seconds.
        case seconds = "s"
    }

    /// Which change of a figure is welcome.
    public enum Goal: String, Codable, Sendable {
        /// Less is better.
        case lower
        /// More is better.
        case higher
        /// Neither.
        case none
    }

    /// The name: `connect.p99`.
    public let name: String
    /// What it counts.
    public let unit: Unit
    /// Which change is welcome.
    public let goal: Goal
    /// The figure and its interval.
    public let estimate: Estimate

    /// A figure from its parts.
    public init(_ name: String, _ unit: Unit, _ goal: Goal, _ estimate: Estimate) {
        self.name = name
        self.unit = unit
        self.goal = goal
        self.estimate = estimate
    }
}
