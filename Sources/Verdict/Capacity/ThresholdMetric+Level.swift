import RunProfile

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
