import Vocabulary

/// What became of a publisher's messages at the server that they were sent to.
public struct PublishingCounts: Codable, Equatable, Mergeable, Sendable {
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
        reach.merge(other.reach)
        if let others = other.stops { stops = Array(((stops ?? []) + others).prefix(DeliveryStop.most)) }
    }
}

/// How many of the streams that had to get a message got it, over all messages that two streams or more had to get.
public struct ReachCounts: Codable, Equatable, Mergeable, Sendable {
    /// Messages that two streams or more had to get.
    public var messages: UInt64 = 0
    /// Of them, those that came to every one.
    public var whole: UInt64 = 0
    /// Of them, those that came to none, to one, to 2 or 3, to 4 to 7, and so on by powers of two.
    public var receivers: [UInt64] = []
    /// The fewest streams that had to get a message that came to but one; nil where there was none.
    public var fewest: UInt64?
    /// The most streams that had to get such a message; nil where there was none.
    public var most: UInt64?

    /// No message.
    public init() {}

    /// Messages that came to none.
    public var none: UInt64 { receivers.first ?? 0 }
    /// Messages that came to one stream and to no other.
    public var one: UInt64 { receivers.count > 1 ? receivers[1] : 0 }

    /// Notes a message; nothing where fewer than two streams had to get it.
    ///
    /// - Parameters:
    ///   - received: the streams that got it.
    ///   - lost: the streams that had to get it, and did not.
    public mutating func note(received: UInt64, lost: UInt64) {
        let owed = received.saturatingAdding(lost)
        guard owed >= 2 else { return }
        messages.saturatingAdd(1)
        if lost == 0 { whole.saturatingAdd(1) }
        let place = UInt64.bitWidth - received.leadingZeroBitCount
        while receivers.count <= place { receivers.append(0) }
        receivers[place].saturatingAdd(1)
        if received == 1 {
            fewest = min(fewest ?? owed, owed)
            most = max(most ?? owed, owed)
        }
    }

    /// Adds another's counts.
    public mutating func merge(_ other: ReachCounts) {
        messages.saturatingAdd(other.messages)
        whole.saturatingAdd(other.whole)
        for (place, count) in other.receivers.prefix(UInt64.bitWidth + 1).enumerated() {
            if place == receivers.count { receivers.append(0) }
            receivers[place].saturatingAdd(count)
        }
        fewest = [fewest, other.fewest].compactMap(\.self).min()
        most = [most, other.most].compactMap(\.self).max()
    }
}

/// A moment from which on nothing that was published came to any stream, though streams were there to get it.
///
/// All moments in ns since the load's start.
public struct DeliveryStop: Codable, Equatable, Sendable {
    /// A stream that its client closed.
    public struct Departure: Codable, Equatable, Sendable {
        /// The scenario's name.
        public var scenario: String
        /// The stream's position in its scenario, from 1.
        public var stream: UInt64
        /// When it was closed.
        public var at: Nanoseconds

        /// A departure from its parts.
        public init(scenario: String, stream: UInt64, at: Nanoseconds) {
            self.scenario = scenario
            self.stream = stream
            self.at = at
        }
    }

    /// When the first message was sent.
    public var begun: Nanoseconds
    /// When the last delivery was.
    public var lastDelivery: Nanoseconds
    /// When the first of the messages was sent that came to nobody.
    public var firstMissed: Nanoseconds
    /// How many these were that a stream had to get.
    public var messages: UInt64
    /// How often they were lost, each once a stream.
    public var lost: UInt64
    /// Streams that their clients closed from the first delivery until then.
    public var departed: UInt64
    /// The departures that lie between the last delivery and the first message missed, with ``tolerance``; a few of
    /// them.
    public var departures: [Departure]

    /// How long a message may still come to others once a stream is closed, in ns.
    public static let tolerance: Nanoseconds = 100 * .perMillisecond
    /// The most departures that are told.
    public static let departuresTold = 4
    /// The most stops that a record keeps.
    public static let most = 16

    /// A stop from its parts.
    public init(
        begun: Nanoseconds,
        lastDelivery: Nanoseconds,
        firstMissed: Nanoseconds,
        messages: UInt64,
        lost: UInt64,
        departed: UInt64 = 0,
        departures: [Departure] = []
    ) {
        self.begun = begun
        self.lastDelivery = lastDelivery
        self.firstMissed = firstMissed
        self.messages = messages
        self.lost = lost
        self.departed = departed
        self.departures = departures
    }

    /// When a stream's departure can have caused it, in ns since the load's start.
    public var window: ClosedRange<Nanoseconds> {
        let start = lastDelivery - min(lastDelivery, Self.tolerance)
        return start...max(start, firstMissed)
    }
}
