/// How much a requirement binds a server.
public enum RequirementLevel: String, CaseIterable, Codable, Comparable, Sendable {
    /// A standard demands it, or no `EventSource` could use the stream.
    case must
    /// A standard recommends it, or some clients would lose events or connections.
    case should
    /// It helps with proxies and browsers.
    case advice

    /// Whether one binds more than another: `must` is the least.
    public static func < (left: Self, right: Self) -> Bool { left.order < right.order }

    private var order: Int {
        switch self {
        case .must: 0
        case .should: 1
        case .advice: 2
        }
    }
}
