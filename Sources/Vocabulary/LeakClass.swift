/// What becomes of state that a gauge still holds once every connection is gone.
public enum LeakClass: String, CaseIterable, Codable, Sendable {
    /// Nothing is left.
    case none
    /// Gone within the settle time.
    case drains
    /// Gone by the server's inactivity timeout.
    case bounded
    /// Gone only when something is published.
    case untilBroadcast = "until-broadcast"
    /// Never gone.
    case permanent

    /// Whether the class counts as a leak: state that outlives the settle time.
    public var isLeak: Bool { self != .none && self != .drains }
}
