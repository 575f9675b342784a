import Vocabulary

/// An ordinary request to another endpoint, sent again and again to see whether streams harm it.
public struct BystanderOptions: Equatable, Sendable {
    /// Where it asks.
    public enum Address: Equatable, Sendable {
        /// A path of the target's host, asked with the target's headers.
        case path(String)
        /// Another address.
        case other(Target.Address)
    }

    /// Its name in reports.
    public var name: String
    /// Where it asks.
    public var address: Address
    /// The request method, in capitals.
    public var method = "GET"
    /// Headers in the order written; one named like a header of the target, or a default, replaces it.
    public var headers: [Target.Header] = []
    /// The request body; nil for none.
    public var body: String?
    /// From one request to the next, in ns.
    public var every: Nanoseconds = 200 * .perMillisecond
    /// How long an answer may take, in ns.
    public var timeout: Nanoseconds = 5 * .perSecond
    /// The status that is expected; nil for any from 200 to 399.
    public var expect: Int?

    /// A bystander with the keys that have no default.
    public init(name: String, address: Address) {
        self.name = name
        self.address = address
    }
}
