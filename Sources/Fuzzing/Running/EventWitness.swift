import EventStream

/// Hands what a parser finds to a reader.
struct EventWitness: EventStreamSink {
    let reader: ResponseReader

    mutating func event(_ event: borrowing ServerSentEvent) -> EventStreamFlow {
        reader.event(event)
        return .continue
    }

    mutating func comment(_ bytes: UnsafeRawBufferPointer) { reader.onComment?() }

    mutating func retry(milliseconds: UInt64) {}

    mutating func ignored(line: UnsafeRawBufferPointer) { reader.ignored(line) }

    mutating func undispatched(_ event: borrowing ServerSentEvent) { reader.inspect(event) }
}
