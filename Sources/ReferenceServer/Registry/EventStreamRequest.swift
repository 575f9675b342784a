/// What a client that opens an event stream asks for.
public struct EventStreamRequest: Equatable, Sendable {
    /// The topics that it is subscribed to.
    public var topics: [String]
    /// The ID of the last event that it has seen, as it was sent (HTML, 9.2.4); nil where it has seen none.
    public var lastEventID: String?

    /// A request from its parts.
    public init(topics: [String] = [], lastEventID: String? = nil) {
        self.topics = topics
        self.lastEventID = lastEventID
    }

    /// The number of the last broadcast that the client has seen; nil where it does not say, or nothing of ours.
    var lastSeen: UInt64? { lastEventID.flatMap { UInt64($0) } }
}
