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
