/// What became of a publisher's messages at the server that they were sent to.
public struct PublishingCounts: Codable, Equatable, Sendable {
    /// Messages whose moment came.
    public var scheduled: UInt64 = 0
    /// Messages whose request was sent, at least in part.
    public var sent: UInt64 = 0
    /// Messages that the server took: its answer was a success (RFC 9110, 15.3).
    public var accepted: UInt64 = 0
    /// Messages that it did not take, by the error's name; they are never owed.
    public var errors: [String: UInt64] = [:]
    /// Messages that were sent later than a tolerance after their moment.
    public var late: UInt64 = 0
    /// From a message's moment to the answer of success, in ns.
    public var answer = LatencyHistogram()
    /// From a message's first delivery to its last, over all streams, in ns.
    public var spread = LatencyHistogram()
    /// How many streams each message came to; nil in the records of older versions.
    public var reach: ReachCounts?
    /// When deliveries stopped for good though streams were there; nil where they did not.
    public var stops: [DeliveryStop]?

    /// Nothing published.
    public init() {}

    /// Messages that failed, whatever the error.
    public var failed: UInt64 { errors.values.reduce(0) { $0.saturatingAdding($1) } }

    /// Adds another's counts.
    public mutating func merge(_ other: PublishingCounts) {
        scheduled.saturatingAdd(other.scheduled)
        sent.saturatingAdd(other.sent)
        accepted.saturatingAdd(other.accepted)
        errors.merge(other.errors) { $0.saturatingAdding($1) }
        late.saturatingAdd(other.late)
        answer.merge(other.answer)
        spread.merge(other.spread)
        if let others = other.reach {
            var sum = reach ?? ReachCounts()
            sum.merge(others)
            reach = sum
        }
        if let others = other.stops { stops = Array(((stops ?? []) + others).prefix(DeliveryStop.most)) }
    }
}
