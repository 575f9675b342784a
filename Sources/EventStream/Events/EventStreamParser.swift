/// Reads `text/event-stream` (HTML, 9.2.5 and 9.2.6) from inputs cut anywhere.
///
/// An event that lies wholly inside one input is handed over as views of that input, without a copy, unless several
/// `data` lines must be joined. Only what is unfinished at the end of an input is kept on the heap, together with the
/// last event ID, until the event completes: at most one line and one event, each within the limit.
///
/// A plain value that owns memory by hand, so that it can live in a slab: do not copy it, and call ``release()`` when
/// its stream ends. An event that is unfinished then is discarded, as the standard demands.
public struct EventStreamParser {
    /// What of an event has come, until the rest of it does.
    @usableFromInline
    struct Unfinished {
        @usableFromInline var line = ByteStash()
        @usableFromInline var type = ByteStash()
        @usableFromInline var data = ByteStash()
        @usableFromInline var id = ByteStash()

        @usableFromInline init() {}

        @usableFromInline
        mutating func release() {
            line.release()
            type.release()
            data.release()
            id.release()
        }

        var capacity: Int { line.capacity + type.capacity + data.capacity + id.capacity }
    }

    /// Nil between events: of thousands of streams hardly any is amid one.
    @usableFromInline var unfinished: UnsafeMutablePointer<Unfinished>?
    @usableFromInline var committedID = ByteStash()
    @usableFromInline let limit: UInt32
    /// How many bytes of the byte order mark have been met; 3 once the stream's start is behind.
    @usableFromInline var markCount: UInt8 = 0
    @usableFromInline var skipsLineFeed = false
    @usableFromInline var hasData = false
    @usableFromInline var hasID = false
    @usableFromInline var limitHit: EventStreamLimit?

    /// A parser at the start of a stream.
    ///
    /// - Parameter limitBytes: the longest line and the largest event, in bytes; at least 1, at most 2 GiB - 1.
    public init(limitBytes: Int) {
        precondition(limitBytes > 0, "a limit is at least one byte")
        limit = UInt32(min(limitBytes, ByteStash.largest))
    }

    /// The last event ID, as the last blank line left it; valid until the parser changes.
    public var lastEventID: UnsafeRawBufferPointer { committedID.view }

    /// Whether the input so far ends inside a line or inside an event, which the stream's end would discard.
    public var isUnfinished: Bool {
        hasData || hasID || lineCount > 0 || (unfinished?.pointee.type.count ?? 0) > 0
    }

    /// The heap memory held, in bytes.
    public var heldBytes: Int {
        let own = unfinished.map { MemoryLayout<Unfinished>.size + $0.pointee.capacity } ?? 0
        return own + committedID.capacity
    }

    /// Begins the stream of a client that has come back: all is forgotten but the last event ID (HTML, 9.2.3).
    public mutating func restart() {
        releaseUnfinished()
        markCount = 0
        skipsLineFeed = false
        hasData = false
        hasID = false
        limitHit = nil
    }

    /// Frees the memory; the parser may not be used afterwards.
    public mutating func release() {
        releaseUnfinished()
        committedID.release()
    }

    /// Reads one input.
    ///
    /// - Returns: `.consumedAll`, unless the sink stopped after an event or a limit was hit.
    @inlinable
    public mutating func parse<Sink: EventStreamSink>(
        _ bytes: UnsafeRawBufferPointer,
        into sink: inout Sink
    ) -> EventStreamProgress {
        if let limitHit { return .limit(limitHit) }
        if bytes.isEmpty { return .consumedAll }
        var lines = LineScanner(bytes, from: begin(bytes))
        var block = openBlock()
        // A line begun in an earlier input is at most the first of this one.
        var joinsLine = lineCount > 0
        var joined = false
        while let piece = lines.next() {
            var line = piece
            if joinsLine {
                guard lineCount + piece.count <= Int(limit) else { return fail(.line) }
                line = appendToLine(piece)
                joinsLine = false
                joined = true
            } else if piece.count > Int(limit) {
                return fail(.line)
            }
            if line.isEmpty {
                if dispatch(&block, into: &sink) == .stop {
                    close(block, after: lines)
                    unfinished?.pointee.line.release()
                    releaseIfEmpty()
                    return .stopped(consumed: lines.position)
                }
            } else if !read(line, into: &block, sink: &sink) {
                return fail(.event)
            }
        }
        let rest = lines.rest
        guard rest.count + (joined ? 0 : lineCount) <= Int(limit) else { return fail(.line) }
        close(block, after: lines)
        if joined { unfinished?.pointee.line.release() }
        if !rest.isEmpty { _ = appendToLine(rest) }
        releaseIfEmpty()
        return .consumedAll
    }

    /// Bytes of the line that earlier inputs have begun.
    @usableFromInline var lineCount: Int { unfinished?.pointee.line.count ?? 0 }

    @usableFromInline
    mutating func appendToLine(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        let own = beginUnfinished()
        own.pointee.line.append(bytes, limit: Int(limit))
        return own.pointee.line.view
    }

    @usableFromInline
    mutating func beginUnfinished() -> UnsafeMutablePointer<Unfinished> {
        if let unfinished { return unfinished }
        let own = UnsafeMutablePointer<Unfinished>.allocate(capacity: 1)
        own.initialize(to: Unfinished())
        unfinished = own
        return own
    }

    @usableFromInline
    mutating func releaseUnfinished() {
        guard let own = unfinished else { return }
        own.pointee.release()
        own.deallocate()
        unfinished = nil
    }

    @inlinable
    mutating func releaseIfEmpty() {
        if unfinished != nil { releaseWhereEmpty() }
    }

    @usableFromInline
    mutating func releaseWhereEmpty() {
        if let unfinished, unfinished.pointee.capacity == 0 { releaseUnfinished() }
    }
}

extension EventStreamParser {
    /// Reads one line that is not blank.
    ///
    /// - Returns: false where the event has outgrown the limit.
    @inlinable
    mutating func read<Sink: EventStreamSink>(
        _ line: UnsafeRawBufferPointer,
        into block: inout EventBlock,
        sink: inout Sink
    ) -> Bool {
        if line[0] == ASCII.colon {
            sink.comment(UnsafeRawBufferPointer(rebasing: line[1...]))
            return true
        }
        let (field, value) = EventStreamField.split(line)
        switch field {
        case .data:
            return addData(value, to: &block)
        case .event:
            block.type = value
        case .id:
            guard ByteSearch.first(ASCII.null, in: value) == nil else {
                sink.ignored(line: line)
                return true
            }
            block.id = value
            block.hasID = true
        case .retry:
            if let milliseconds = Self.milliseconds(value) {
                sink.retry(milliseconds: milliseconds)
            } else {
                sink.ignored(line: line)
            }
            return true
        case .unknown:
            sink.ignored(line: line)
            return true
        }
        return block.byteCount <= Int(limit)
    }

    /// Ends the block at a blank line.
    @inlinable
    mutating func dispatch<Sink: EventStreamSink>(
        _ block: inout EventBlock,
        into sink: inout Sink
    ) -> EventStreamFlow {
        if block.hasID { block.lastEventID = block.id }
        let ended = block
        block.reset()
        guard ended.hasData || ended.hasID || !ended.type.isEmpty else { return .continue }
        let event = ServerSentEvent(
            type: ended.type,
            data: ended.data,
            lastEventID: ended.lastEventID,
            hasID: ended.hasID
        )
        guard ended.hasData else {
            sink.undispatched(event)
            return .continue
        }
        return sink.event(event)
    }

    /// The first line's data stays where it is; a second line makes both move into the stash.
    @inlinable
    mutating func addData(_ value: UnsafeRawBufferPointer, to block: inout EventBlock) -> Bool {
        guard block.hasData else {
            block.data = value
            block.hasData = true
            return block.byteCount <= Int(limit)
        }
        guard block.byteCount + 1 + value.count <= Int(limit) else { return false }
        joinData(value, to: &block)
        return true
    }

    @usableFromInline
    mutating func joinData(_ value: UnsafeRawBufferPointer, to block: inout EventBlock) {
        let own = beginUnfinished()
        if block.data.isEmpty {
            own.pointee.data.clear()
        } else if block.data.baseAddress != UnsafeRawPointer(own.pointee.data.base) {
            own.pointee.data.clear()
            own.pointee.data.append(block.data, limit: Int(limit))
        }
        own.pointee.data.append(byte: ASCII.lineFeed, limit: Int(limit))
        own.pointee.data.append(value, limit: Int(limit))
        block.data = own.pointee.data.view
    }

    /// Reads what the start of an input may hold: the LF of a CR already read, the byte order mark.
    ///
    /// - Returns: the offset of the first byte of a line.
    @usableFromInline
    mutating func begin(_ bytes: UnsafeRawBufferPointer) -> Int {
        if skipsLineFeed {
            skipsLineFeed = false
            return bytes[0] == ASCII.lineFeed ? 1 : 0
        }
        var position = 0
        while markCount < 3, position < bytes.count {
            guard bytes[position] == Self.markByte(markCount) else {
                // Not a mark after all: what looked like one is the first line's beginning.
                let own = beginUnfinished()
                for index in 0..<markCount { own.pointee.line.append(byte: Self.markByte(index), limit: Int(limit)) }
                markCount = 3
                return position
            }
            markCount += 1
            position += 1
        }
        return position
    }

    /// The fields that earlier inputs have left.
    @usableFromInline
    func openBlock() -> EventBlock {
        let none = UnsafeRawBufferPointer(start: nil, count: 0)
        return EventBlock(
            type: unfinished?.pointee.type.view ?? none,
            data: unfinished?.pointee.data.view ?? none,
            id: unfinished?.pointee.id.view ?? none,
            lastEventID: committedID.view,
            hasData: hasData,
            hasID: hasID
        )
    }

    /// Keeps the fields that the next input needs, and frees what it does not.
    @usableFromInline
    mutating func close(_ block: EventBlock, after lines: LineScanner) {
        skipsLineFeed = lines.endedInCarriageReturn
        hasData = block.hasData
        hasID = block.hasID
        // First, because its bytes may lie in the stash of the id that it was committed from.
        committedID.keep(block.lastEventID)
        guard unfinished != nil || !block.type.isEmpty || !block.data.isEmpty || !block.id.isEmpty else { return }
        let own = beginUnfinished()
        own.pointee.type.keep(block.type)
        own.pointee.data.keep(block.data)
        own.pointee.id.keep(block.id)
    }

    @usableFromInline
    mutating func fail(_ limit: EventStreamLimit) -> EventStreamProgress {
        limitHit = limit
        release()
        return .limit(limit)
    }

    /// The number that a `retry` value states; nil where it is not ASCII digits only.
    @usableFromInline
    static func milliseconds(_ value: UnsafeRawBufferPointer) -> UInt64? {
        guard !value.isEmpty else { return nil }
        var number: UInt64 = 0
        for byte in value {
            guard let digit = ASCII.decimalValue(byte) else { return nil }
            let (tenfold, overflow) = number.multipliedReportingOverflow(by: 10)
            let (sum, carry) = tenfold.addingReportingOverflow(UInt64(digit))
            number = overflow || carry ? .max : sum
        }
        return number
    }

    private static func markByte(_ index: UInt8) -> UInt8 {
        index == 0 ? 0xEF : index == 1 ? 0xBB : 0xBF
    }
}

/// How far the parser came with one input.
public enum EventStreamProgress: Equatable, Sendable {
    /// The whole input is consumed.
    case consumedAll
    /// The sink asked to stop after an event; the bytes from `consumed` on have not been looked at.
    case stopped(consumed: Int)
    /// The input went past a limit; the parser holds no memory and reports the same again.
    case limit(EventStreamLimit)
}

/// The limit of an event stream that the input went past.
public enum EventStreamLimit: String, Error, CaseIterable, Sendable {
    /// One line, a comment included, is longer than the limit.
    case line = "LIMIT_LINE_BYTES"
    /// The fields of one event, with the last event ID that is kept beside them, are longer than the limit.
    case event = "LIMIT_EVENT_BYTES"
}
