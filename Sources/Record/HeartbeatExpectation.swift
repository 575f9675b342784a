import Vocabulary

/// What the profile expected of heartbeats.
public struct HeartbeatExpectation: Codable, Equatable, Sendable {
    /// The period, in ns.
    public var expect: Nanoseconds
    /// The longest interval that is not a missed beat, in ns.
    public var longestInterval: Nanoseconds
    /// What counts as a beat, as the profile writes it.
    public var match: String

    /// An expectation from its parts.
    public init(expect: Nanoseconds, longestInterval: Nanoseconds, match: String) {
        self.expect = expect
        self.longestInterval = longestInterval
        self.match = match
    }
}
