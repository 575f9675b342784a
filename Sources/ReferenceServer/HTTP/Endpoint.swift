/// What the server can be asked for, by path.
enum Endpoint: String, CaseIterable, Sendable {
    case events = "/events"
    case subscribe = "/subscribe"
    case unsubscribe = "/unsubscribe"
    case broadcast = "/broadcast"
    case completions = "/v1/chat/completions"
    case state = "/debug/state"
    case metrics = "/metrics"
    case health = "/healthz"

    /// The methods it answers.
    var methods: [String] {
        switch self {
        case .events: ["GET", "HEAD", "OPTIONS"]
        case .state, .metrics, .health: ["GET", "HEAD"]
        case .subscribe, .unsubscribe, .broadcast, .completions: ["POST"]
        }
    }
}
