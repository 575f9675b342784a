import Vocabulary

/// What a scenario looks for in the events of its streams.
public struct StreamOptions: Equatable, Sendable {
    /// The event that ends a stream in good order.
    public enum EndMarker: Equatable, Sendable {
        /// One whose data is a text: `[DONE]`.
        case data(String)
        /// One of a name.
        case event(String)
    }

    /// The time that a server writes into its events.
    public struct ServerTime: Equatable, Sendable {
        /// Where it stands in the event's data (RFC 6901).
        public var pointer: String
        /// What its number counts.
        public var unit: Unit

        /// A time from its parts.
        public init(pointer: String, unit: Unit) {
            self.pointer = pointer
            self.unit = unit
        }
    }

    /// The units that a time's number can count.
    public enum Unit: String, CaseIterable, Sendable {
        /// Seconds.
        case seconds = "s"
        /// Milliseconds.
        case milliseconds = "ms"
        /// Microseconds.
        case microseconds = "us"
        /// Nanoseconds.
        case nanoseconds = "ns"

        /// One of it, in ns.
        public var each: Nanoseconds {
            switch self {
            case .seconds: .perSecond
            case .milliseconds: .perMillisecond
            case .microseconds: .perMicrosecond
            case .nanoseconds: 1
            }
        }
    }

    /// The event that ends a stream in good order; nil where only time does.
    public var until: EndMarker?
    /// Where the text of a token stands in an event's data (RFC 6901); nil where there are none.
    public var tokens: String?
    /// The time that the server writes into its events; nil where it writes none.
    public var serverTime: ServerTime?

    /// Nothing.
    public init() {}
}
