/// The fields of the event being read, as views of the input or of the parser's stashes.
@usableFromInline
struct EventBlock {
    @inlinable static var nothing: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: nil, count: 0) }

    @usableFromInline var type: UnsafeRawBufferPointer
    @usableFromInline var data: UnsafeRawBufferPointer
    @usableFromInline var id: UnsafeRawBufferPointer
    @usableFromInline var lastEventID: UnsafeRawBufferPointer
    @usableFromInline var hasData: Bool
    @usableFromInline var hasID: Bool

    @inlinable
    init(
        type: UnsafeRawBufferPointer,
        data: UnsafeRawBufferPointer,
        id: UnsafeRawBufferPointer,
        lastEventID: UnsafeRawBufferPointer,
        hasData: Bool,
        hasID: Bool
    ) {
        self.type = type
        self.data = data
        self.id = id
        self.lastEventID = lastEventID
        self.hasData = hasData
        self.hasID = hasID
    }

    /// The bytes that would have to be kept if the input ended here.
    @inlinable
    var byteCount: Int { type.count + data.count + id.count + lastEventID.count }

    /// Forgets all but the last event ID.
    @inlinable
    mutating func reset() {
        type = Self.nothing
        data = Self.nothing
        id = Self.nothing
        hasData = false
        hasID = false
    }
}
