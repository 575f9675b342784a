import Vocabulary

/// What a threshold can measure, and its unit.
public enum ThresholdMetric: Hashable, Sendable {
    /// The figures of a latency or interval.
    public enum Figure: String, CaseIterable, Sendable {
        /// The median.
        case p50
        /// The 90th percentile.
        case p90
        /// The 99th percentile.
        case p99
        /// The 99.9th percentile.
        case p999
        /// The largest.
        case max
    }

    /// The figures of the token rates of streams: those of the slowest.
    public enum RateFigure: String, CaseIterable, Sendable {
        /// The rate that 99% of the streams exceed.
        case p1
        /// The rate that 95% of the streams exceed.
        case p5
        /// The median.
        case p50
    }

    /// The unit of a metric's bound.
    public enum Unit: Sendable {
        /// Nanoseconds.
        case nanoseconds
        /// A share: 0.001 for 0.1%.
        case share
        /// A plain number.
        case count
    }

    /// A latency's figure: `connect.p99`.
    case latency(Latency, Figure)
    /// `heartbeat.interval.p99`; p50, p99 and max.
    case heartbeatInterval(Figure)
    /// `heartbeat.jitter.p99`; p50, p99 and max: by how much an interval differs from the one before.
    case heartbeatJitter(Figure)
    /// `heartbeat.drift`: how far the streams' usual mean interval is off the expected one, as a share of that.
    case heartbeatDrift
    /// `tokenRate.p5`: tokens a second of each stream.
    case tokenRate(RateFigure)
    /// `heartbeat.missed`: beats that did not come.
    case heartbeatMissed
    /// `heartbeat.longestSilence`.
    case heartbeatLongestSilence
    /// `heartbeat.disconnectedWhileQuiet`: streams that the server ended while they were quiet.
    case heartbeatDisconnected
    /// `delivery.lost` and the like: what became of published messages, over all publishers.
    case delivery(Delivery)
    /// `delivery.spread.p99`: from a message's first delivery to its last.
    case deliverySpread(Figure)
    /// `bystanders.p99`: from the scheduled moment to the answer, beside open streams, over all bystanders.
    case bystanders(Figure)
    /// `bystanders.errors`: requests of bystanders that failed beside open streams.
    case bystanderErrors
    /// `leaks`: leaks of every gauge.
    case leaks
    /// `errors.rate`: failed connections over attempted ones.
    case errorRate
    /// `errors.count`: errors of every name.
    case errorCount
    /// `connections.established`, `connections.failed`, `connections.peak`.
    case connections(Connections)

    /// The counts of deliveries that a threshold can name.
    public enum Delivery: String, CaseIterable, Sendable {
        /// Messages received, each once a stream.
        case received
        /// Messages that did not come though they were owed.
        case lost
        /// Messages that came again.
        case duplicated
        /// Messages that came after later ones.
        case outOfOrder
        /// Messages that came after they had been given up.
        case stale
        /// Messages that were out before their stream began.
        case replayed
        /// Messages that the server took.
        case accepted
        /// Messages that it did not take.
        case failed
    }

    /// The connection counts that a threshold can name.
    public enum Connections: String, CaseIterable, Sendable {
        /// Connections started.
        case attempted
        /// Streams whose response head came.
        case established
        /// Connections that ended in an error.
        case failed
        /// Deliberate drops.
        case dropped
        /// Streams held for their whole time.
        case completed
        /// Streams that the server ended in good order before their time.
        case ended
        /// The most streams open at once.
        case peak
    }
}

extension ThresholdMetric {
    /// The metric that a profile writes so; nil where none is.
    init?(name: String) {
        guard let metric = Self.all.first(where: { $0.name == name }) else { return nil }
        self = metric
    }

    /// The metric of a threshold's expression, with its scenario or without; nil where it has none.
    public init?(of expression: String) {
        // A scenario's name may hold anything, but neither a metric nor a bound holds a colon.
        let text = expression.lastIndex(of: ":").map { expression[expression.index(after: $0)...] } ?? expression[...]
        self.init(name: text.prefix { !"<>=!".contains($0) }.trimmingSpaces)
    }

    /// The metric as a profile writes it.
    public var name: String {
        switch self {
        case .latency(let latency, let figure): "\(latency.rawValue).\(figure.rawValue)"
        case .heartbeatInterval(let figure): "heartbeat.interval.\(figure.rawValue)"
        case .heartbeatJitter(let figure): "heartbeat.jitter.\(figure.rawValue)"
        case .heartbeatDrift: "heartbeat.drift"
        case .tokenRate(let figure): "tokenRate.\(figure.rawValue)"
        case .heartbeatMissed: "heartbeat.missed"
        case .heartbeatLongestSilence: "heartbeat.longestSilence"
        case .heartbeatDisconnected: "heartbeat.disconnectedWhileQuiet"
        case .delivery(let count): "delivery.\(count.rawValue)"
        case .deliverySpread(let figure): "delivery.spread.\(figure.rawValue)"
        case .bystanders(let figure): "bystanders.\(figure.rawValue)"
        case .bystanderErrors: "bystanders.errors"
        case .leaks: "leaks"
        case .errorRate: "errors.rate"
        case .errorCount: "errors.count"
        case .connections(let count): "connections.\(count.rawValue)"
        }
    }

    /// The unit of the metric's bound.
    public var unit: Unit {
        switch self {
        case .latency, .heartbeatInterval, .heartbeatJitter, .heartbeatLongestSilence, .deliverySpread, .bystanders:
            .nanoseconds
        case .errorRate, .heartbeatDrift: .share
        case .heartbeatMissed, .heartbeatDisconnected, .delivery, .leaks, .errorCount, .connections, .tokenRate,
            .bystanderErrors:
            .count
        }
    }

    /// What a scenario must ask for, so that its streams tell it.
    var needs: Latency.Need {
        switch self {
        case .latency(let latency, _): latency.needs
        case .tokenRate: .tokens
        default: .nothing
        }
    }

    /// Whether one scenario's connections alone can tell it; other metrics are about the whole run.
    public var isOfScenario: Bool {
        switch self {
        case .leaks, .deliverySpread, .connections(.peak), .bystanders, .bystanderErrors: false
        default: true
        }
    }

    /// Whether only a profile with bystanders can measure it.
    public var isOfBystanders: Bool {
        switch self {
        case .bystanders, .bystanderErrors: true
        default: false
        }
    }

    /// Every metric, for the nearest-name advice.
    public static let all: [ThresholdMetric] =
        Latency.allCases.flatMap { latency in Figure.allCases.map { .latency(latency, $0) } }
        + [.p50, .p99, .max].flatMap { [.heartbeatInterval($0), .heartbeatJitter($0)] } + [.heartbeatDrift]
        + RateFigure.allCases.map { .tokenRate($0) }
        + [.heartbeatMissed, .heartbeatLongestSilence, .heartbeatDisconnected, .leaks, .errorRate, .errorCount]
        + Delivery.allCases.map { .delivery($0) } + Figure.allCases.map { .deliverySpread($0) }
        + Figure.allCases.map { .bystanders($0) } + [.bystanderErrors]
        + Connections.allCases.map { .connections($0) }
}
