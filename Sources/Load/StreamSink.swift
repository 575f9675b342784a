import EventStream
import RunProfile
import Vocabulary

/// What a worker does with the events of one read: it counts, and stops at the first where the script says so.
struct StreamSink: EventStreamSink {
    /// What counts as a beat.
    enum Beat {
        case nothing
        case comment
        case event(UnsafeRawBufferPointer)
        /// Any byte: told by the reader, not by the events.
        case any
    }

    let beat: Beat
    let stopsAtFirstEvent: Bool
    var events = 0
    var comments = 0
    var beats = 0

    init(beat: Beat, stopsAtFirstEvent: Bool) {
        self.beat = beat
        self.stopsAtFirstEvent = stopsAtFirstEvent
    }

    mutating func event(_ event: borrowing ServerSentEvent) -> EventStreamFlow {
        events += 1
        if case .event(let name) = beat, event.isType(name) { beats += 1 }
        return stopsAtFirstEvent ? .stop : .continue
    }

    mutating func comment(_ bytes: UnsafeRawBufferPointer) {
        comments += 1
        if case .comment = beat { beats += 1 }
    }

    mutating func retry(milliseconds: UInt64) {}
}
