import EventStream

/// Event streams: cut anywhere, they carry the same.
enum EventStreamTarget {
    /// Everything that a parser says, in order.
    private struct Script: EventStreamSink {
        var lines: [String] = []

        mutating func event(_ event: borrowing ServerSentEvent) -> EventStreamFlow {
            lines.append("event \(event.typeText) \(event.dataText) \(event.lastEventIDText) \(event.hasID)")
            return .continue
        }

        mutating func comment(_ bytes: UnsafeRawBufferPointer) { lines.append("comment \(UTF8Text.decode(bytes))") }

        mutating func retry(milliseconds: UInt64) { lines.append("retry \(milliseconds)") }

        mutating func ignored(line: UnsafeRawBufferPointer) { lines.append("ignored \(UTF8Text.decode(line))") }

        mutating func undispatched(_ event: borrowing ServerSentEvent) {
            lines.append("undispatched \(event.typeText) \(event.lastEventIDText)")
        }
    }

    static func run(_ bytes: UnsafeRawBufferPointer) {
        let limit = 1_024
        var whole = EventStreamParser(limitBytes: limit)
        defer { whole.release() }
        var first = Script()
        let progress = whole.parse(bytes, into: &first)
        var cut = EventStreamParser(limitBytes: limit)
        defer { cut.release() }
        var second = Script()
        var pieces = Pieces(bytes)
        var last = EventStreamProgress.consumedAll
        while last == .consumedAll, let piece = pieces.next() { last = cut.parse(piece, into: &second) }
        precondition(progress == last, "a stream ends otherwise when it is cut")
        precondition(first.lines == second.lines, "a stream reads otherwise when it is cut")
        if last == .consumedAll { precondition(whole.isUnfinished == cut.isUnfinished) }
    }
}
