import EventStream
import Vocabulary

/// Keeps what a parser finds, with the moment at which it was complete.
struct StreamCollector: EventStreamSink {
    /// The moment of what is being read, in ns of the monotonic clock.
    var moment: Nanoseconds = 0
    private(set) var events: [StreamEvent] = []
    private(set) var undispatched: [StreamEvent] = []
    private(set) var beats: [Nanoseconds] = []

    mutating func event(_ event: borrowing ServerSentEvent) -> EventStreamFlow {
        if events.count < CheckLimits.keptEvents { events.append(StreamEvent(event, moment: moment)) }
        beat()
        return .continue
    }

    mutating func comment(_ bytes: UnsafeRawBufferPointer) { beat() }

    mutating func retry(milliseconds: UInt64) {}

    mutating func undispatched(_ event: borrowing ServerSentEvent) {
        if undispatched.count < CheckLimits.keptEvents { undispatched.append(StreamEvent(event, moment: moment)) }
        beat()
    }

    private mutating func beat() {
        if beats.last != moment { beats.append(moment) }
    }
}
