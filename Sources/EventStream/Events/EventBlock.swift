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

/// The field of one line (HTML, 9.2.6).
@usableFromInline
enum EventStreamField {
    case data
    case event
    case id
    case retry
    case unknown

    /// Takes a line apart: the name up to the first colon, the value after it without one leading space.
    ///
    /// - Returns: the field, and the value of a known field.
    @inlinable
    static func split(_ line: UnsafeRawBufferPointer) -> (field: EventStreamField, value: UnsafeRawBufferPointer) {
        let (field, nameCount) = name(line)
        var start = nameCount
        if start < line.count {
            guard line[start] == ASCII.colon else { return (.unknown, EventBlock.nothing) }
            start += 1
            if start < line.count, line[start] == ASCII.space { start += 1 }
        }
        return (field, UnsafeRawBufferPointer(rebasing: line[start...]))
    }

    /// The known name that a line begins with, and its length.
    @inlinable
    static func name(_ line: UnsafeRawBufferPointer) -> (field: EventStreamField, count: Int) {
        if line.count >= 4 {
            // Four letters at a time, first letter lowest.
            switch UInt32(littleEndian: line.loadUnaligned(as: UInt32.self)) {
            case 0x6174_6164: return (.data, 4)
            case 0x6E65_7665 where line.count >= 5 && line[4] == 0x74: return (.event, 5)
            case 0x7274_6572 where line.count >= 5 && line[4] == 0x79: return (.retry, 5)
            default: break
            }
        }
        if line.count >= 2, line[0] == 0x69, line[1] == 0x64 { return (.id, 2) }
        return (.unknown, line.count)
    }
}

/// Cuts one input into lines that end in LF, CR or CRLF (HTML, 9.2.5).
///
/// The next LF and the next CR are each looked for once, so that an input of nothing but line ends is still read in
/// linear time.
@usableFromInline
struct LineScanner {
    private let bytes: UnsafeRawBufferPointer
    private var nextLineFeed = -1
    private var nextCarriageReturn = -1

    /// The offset of the first byte that belongs to no complete line.
    @usableFromInline private(set) var position: Int
    /// Whether the last line ended in a CR that was the input's last byte, so that an LF may yet follow.
    @usableFromInline private(set) var endedInCarriageReturn = false

    @usableFromInline
    init(_ bytes: UnsafeRawBufferPointer, from position: Int) {
        self.bytes = bytes
        self.position = position
    }

    /// The bytes after the last complete line.
    @usableFromInline
    var rest: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: bytes[position...]) }

    /// The next complete line without its end; nil where no line ends in this input any more.
    @usableFromInline
    mutating func next() -> UnsafeRawBufferPointer? {
        if nextLineFeed < position {
            nextLineFeed = ByteSearch.first(ASCII.lineFeed, in: bytes, from: position) ?? bytes.count
        }
        if nextCarriageReturn < position {
            nextCarriageReturn = ByteSearch.first(ASCII.carriageReturn, in: bytes, from: position) ?? bytes.count
        }
        let end = min(nextLineFeed, nextCarriageReturn)
        guard end < bytes.count else { return nil }
        let line = UnsafeRawBufferPointer(rebasing: bytes[position..<end])
        position = end + 1
        if end == nextCarriageReturn {
            if position == bytes.count {
                endedInCarriageReturn = true
            } else if bytes[position] == ASCII.lineFeed {
                position += 1
            }
        }
        return line
    }
}
