import EventStream

/// Keeps every token, and stops after every event where asked to.
struct RecordingSink: EventStreamSink {
    var tokens: [EventToken] = []
    var stopsAtEvents = false

    mutating func event(_ event: borrowing ServerSentEvent) -> EventStreamFlow {
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

    mutating func comment(_ bytes: UnsafeRawBufferPointer) { tokens.append(.comment(UTF8Text.decode(bytes))) }

    mutating func retry(milliseconds: UInt64) { tokens.append(.retry(milliseconds)) }

    mutating func ignored(line: UnsafeRawBufferPointer) { tokens.append(.ignored(UTF8Text.decode(line))) }

    mutating func undispatched(_ event: borrowing ServerSentEvent) {
        tokens.append(.undispatched(type: event.typeText))
    }
}
