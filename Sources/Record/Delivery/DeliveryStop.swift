import Vocabulary

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
