import Vocabulary

/// The inactivity timeout that the ladder waited for.
public struct InactivityRecord: Codable, Equatable, Sendable {
    /// The timeout, in ns.
    public var timeout: Nanoseconds
    /// The quiet streams that the server was seen to end after it; nil where the profile tells the timeout.
    public var discoveredFrom: UInt64?

    /// A record from its parts.
    public init(timeout: Nanoseconds, discoveredFrom: UInt64?) {
        self.timeout = timeout
        self.discoveredFrom = discoveredFrom
    }
}
