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
