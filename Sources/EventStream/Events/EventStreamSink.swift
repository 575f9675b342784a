/// Takes what a parser finds in an event stream; every view is valid only during the call.
public protocol EventStreamSink {
    /// An event has been dispatched (HTML, 9.2.6).
    ///
    /// - Returns: `.stop` to make the parser return right after this event.
    mutating func event(_ event: borrowing ServerSentEvent) -> EventStreamFlow

    /// A comment line has been read: the bytes after its colon, a leading space included.
    mutating func comment(_ bytes: UnsafeRawBufferPointer)

    /// The server has set the reconnection time, in milliseconds; `UInt64.max` where the number is larger.
    mutating func retry(milliseconds: UInt64)

    /// A line has been ignored as the standard demands.
    ///
    /// Its field is unknown, its `id` holds a NUL, or its `retry` is not a number. Does nothing by default.
    mutating func ignored(line: UnsafeRawBufferPointer)

    /// A block has ended without being dispatched because it has no data.
    ///
    /// It has set a type or an `id`, so its server may have meant an event. Does nothing by default.
    mutating func undispatched(_ event: borrowing ServerSentEvent)
}

extension EventStreamSink {
    /// Does nothing.
    @inlinable
    public mutating func ignored(line: UnsafeRawBufferPointer) {}

    /// Does nothing.
    @inlinable
    public mutating func undispatched(_ event: borrowing ServerSentEvent) {}
}
