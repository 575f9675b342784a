import Vocabulary

/// The reconnection times that a server told in its `retry` fields (HTML, 9.2.6).
public struct RetryRecord: Codable, Equatable, Sendable {
    /// How often it told one.
    public var told: UInt64
    /// How often it told 0.
    public var zeros: UInt64
    /// The shortest, in ns.
    public var shortest: Nanoseconds
    /// The longest, in ns.
    public var longest: Nanoseconds

    /// Times that were told.
    public init(told: UInt64, zeros: UInt64, shortest: Nanoseconds, longest: Nanoseconds) {
        self.told = told
        self.zeros = zeros
        self.shortest = shortest
        self.longest = longest
    }

    /// Adds others.
    public mutating func merge(_ other: RetryRecord) {
        told.saturatingAdd(other.told)
        zeros.saturatingAdd(other.zeros)
        shortest = min(shortest, other.shortest)
        longest = max(longest, other.longest)
    }
}
