import EventStream
import Vocabulary

/// One event, as a client is told of it.
public struct StreamEvent: Equatable, Sendable {
    /// The type, `message` where the event names none.
    public let type: String
    /// The data.
    public let data: String
    /// The last event ID as of this event; empty for none.
    public let id: String
    /// Whether this event itself carried an ID.
    public let hasID: Bool
    /// When it was complete, in ns of the monotonic clock.
    public let moment: Nanoseconds

    /// A copy of an event.
    init(_ event: borrowing ServerSentEvent, moment: Nanoseconds) {
        type = event.typeText
        data = event.dataText
        id = event.lastEventIDText
        hasID = event.hasID
        self.moment = moment
    }
}
