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
        if block.data.isEmpty {
            data.clear()
        } else if block.data.baseAddress != UnsafeRawPointer(data.base) {
            data.clear()
            data.append(block.data, limit: Int(limit))
        }
        data.append(byte: ASCII.lineFeed, limit: Int(limit))
        data.append(value, limit: Int(limit))
        block.data = data.view
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
                for index in 0..<markCount { unfinishedLine.append(byte: Self.markByte(index), limit: Int(limit)) }
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
        EventBlock(
            type: type.view,
            data: data.view,
            id: id.view,
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
        type.keep(block.type)
        data.keep(block.data)
        id.keep(block.id)
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
