/// One event of a stream, as views of the parser's input; valid only during the sink's call.
///
/// The bytes are raw: ``UTF8Text`` makes text of them.
public struct ServerSentEvent: ~Copyable {
    /// The value of the last `event` field; empty means `message`.
    public let type: UnsafeRawBufferPointer
    /// The values of the `data` fields, joined by LF.
    public let data: UnsafeRawBufferPointer
    /// The last event ID of the stream as of this event.
    public let lastEventID: UnsafeRawBufferPointer
    /// Whether this event itself carried a valid `id` field.
    public let hasID: Bool

    /// An event from its views.
    @inlinable
    public init(
        type: UnsafeRawBufferPointer,
        data: UnsafeRawBufferPointer,
        lastEventID: UnsafeRawBufferPointer,
        hasID: Bool
    ) {
        self.type = type
        self.data = data
        self.lastEventID = lastEventID
        self.hasID = hasID
    }

    /// The type as text, `message` where the event names none.
    public var typeText: String { type.isEmpty ? "message" : UTF8Text.decode(type) }

    /// The data as text, malformed bytes replaced.
    public var dataText: String { UTF8Text.decode(data) }

    /// The last event ID as text, malformed bytes replaced.
    public var lastEventIDText: String { UTF8Text.decode(lastEventID) }

    /// Whether the event is of a type, compared byte for byte and without allocating.
    ///
    /// - Parameter name: the type's UTF-8 bytes; `message` also matches an event that names no type.
    @inlinable
    public func isType(_ name: some Collection<UInt8>) -> Bool {
        type.isEmpty ? name.elementsEqual("message".utf8) : type.elementsEqual(name)
    }
}

/// Text of bytes that a server calls UTF-8.
public enum UTF8Text {
    /// Decodes bytes, with U+FFFD for each maximal part of a malformed sequence (Encoding Standard, 8.1.1).
    ///
    /// A byte order mark is text here; the parser has already removed the one at the start of a stream.
    public static func decode(_ bytes: UnsafeRawBufferPointer) -> String {
        String(decoding: bytes, as: UTF8.self)
    }

    /// Whether bytes are well-formed UTF-8.
    public static func isValid(_ bytes: UnsafeRawBufferPointer) -> Bool {
        String(validating: bytes, as: UTF8.self) != nil
    }
}

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

/// What a sink wants of the parser next.
public enum EventStreamFlow: Sendable {
    /// Go on with the input.
    case `continue`
    /// Return right after the event just handed over.
    case stop
}
