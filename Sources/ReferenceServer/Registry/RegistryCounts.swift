/// How much a registry holds.
public struct RegistryCounts: Equatable, Sendable {
    /// Clients that are registered.
    public var clients: Int
    /// Inactivity timers that are set.
    public var timers: Int
    /// Pairs of a client and a topic.
    public var subscriptions: Int
    /// Topics that are known.
    public var topics: Int

    /// Counts from their parts.
    public init(clients: Int = 0, timers: Int = 0, subscriptions: Int = 0, topics: Int = 0) {
        self.clients = clients
        self.timers = timers
        self.subscriptions = subscriptions
        self.topics = topics
    }
}
