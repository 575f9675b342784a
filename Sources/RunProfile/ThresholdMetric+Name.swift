extension ThresholdMetric {
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
