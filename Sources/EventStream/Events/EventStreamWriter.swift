/// Builds the bytes of an event stream (HTML, 9.2.5).
public enum EventStreamWriter {
    /// Appends one event, or a block without data that no client dispatches.
    ///
    /// - Parameters:
    ///   - event: the type; nil for `message`.
    ///   - data: the data; each of its lines, ended by CR, LF or CRLF, becomes a field, so that a client reads LF for
    ///     each of them. Nil writes no data.
    ///   - id: the event's ID; empty to reset the client's last event ID.
    ///   - retry: the reconnection time, in milliseconds.
    /// - Throws: which of type and ID would break the event; nothing is appended then.
    public static func append(
        event: String? = nil,
        data: String?,
        id: String? = nil,
        retry: UInt64? = nil,
        to output: inout [UInt8]
    ) throws(EventStreamWriteError) {
        if let event, event.utf8.contains(where: isLineEnd) { throw .invalidType }
        if let id, id.utf8.contains(where: { isLineEnd($0) || $0 == ASCII.null }) { throw .invalidID }
        if let event { append(line: event.utf8, after: "event: ", to: &output) }
        if let id { append(line: id.utf8, after: "id: ", to: &output) }
        if let retry { append(line: String(retry).utf8, after: "retry: ", to: &output) }
        if let data { append(lines: data.utf8, after: "data: ", to: &output) }
        output.append(ASCII.lineFeed)
    }

    /// Appends a comment, one comment line for each of its lines.
    public static func append(comment: String, to output: inout [UInt8]) {
        append(lines: comment.utf8, after: ": ", to: &output)
    }

    private static func append(lines text: String.UTF8View, after prefix: StaticString, to output: inout [UInt8]) {
        var rest = text[...]
        while let end = rest.firstIndex(where: isLineEnd) {
            append(line: rest[..<end], after: prefix, to: &output)
            let isCarriageReturn = rest[end] == ASCII.carriageReturn
            rest = rest[rest.index(after: end)...]
            if isCarriageReturn, rest.first == ASCII.lineFeed { rest.removeFirst() }
        }
        append(line: rest, after: prefix, to: &output)
    }

    private static func append(line: some Collection<UInt8>, after prefix: StaticString, to output: inout [UInt8]) {
        output.append(contentsOf: UnsafeBufferPointer(start: prefix.utf8Start, count: prefix.utf8CodeUnitCount))
        output.append(contentsOf: line)
        output.append(ASCII.lineFeed)
    }

    private static func isLineEnd(_ byte: UInt8) -> Bool {
        byte == ASCII.lineFeed || byte == ASCII.carriageReturn
    }
}

/// Why an event cannot be written.
public enum EventStreamWriteError: String, Error, CaseIterable, Sendable {
    /// The type holds a CR or an LF, which would begin another field.
    case invalidType = "INVALID_EVENT_TYPE"
    /// The ID holds a CR or an LF, which would begin another field, or a NUL, which makes a client ignore it.
    case invalidID = "INVALID_EVENT_ID"
}
