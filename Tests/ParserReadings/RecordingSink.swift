import EventStream

/// Keeps every token, and stops after every event where asked to.
package struct RecordingSink: EventStreamSink {
    package var tokens: [EventToken] = []
    package var stopsAtEvents = false

    package init(stopsAtEvents: Bool = false) { self.stopsAtEvents = stopsAtEvents }

    package mutating func event(_ event: borrowing ServerSentEvent) -> EventStreamFlow {
        tokens.append(
            .event(
                type: event.typeText,
                data: event.dataText,
                lastEventID: event.lastEventIDText,
                hasID: event.hasID
            )
        )
        return stopsAtEvents ? .stop : .continue
    }

    package mutating func comment(_ bytes: UnsafeRawBufferPointer) { tokens.append(.comment(UTF8Text.decode(bytes))) }

    package mutating func retry(milliseconds: UInt64) { tokens.append(.retry(milliseconds)) }

    package mutating func ignored(line: UnsafeRawBufferPointer) { tokens.append(.ignored(UTF8Text.decode(line))) }

    package mutating func undispatched(_ event: borrowing ServerSentEvent) {
        tokens.append(.undispatched(type: event.typeText))
    }
}
