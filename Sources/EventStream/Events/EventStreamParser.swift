/// Reads `text/event-stream` (HTML, 9.2.5 and 9.2.6) from inputs cut anywhere.
///
/// An event that lies wholly inside one input is handed over as views of that input, without a copy, unless several
/// `data` lines must be joined. Only what is unfinished at the end of an input is kept on the heap, together with the
/// last event ID, until the event completes: at most one line and one event, each within the limit.
///
/// A plain value that owns memory by hand, so that it can live in a slab: do not copy it, and call ``release()`` when
/// its stream ends. An event that is unfinished then is discarded, as the standard demands.
public struct EventStreamParser {
    @usableFromInline var unfinishedLine = ByteStash()
    @usableFromInline var type = ByteStash()
    @usableFromInline var data = ByteStash()
    @usableFromInline var id = ByteStash()
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
        unfinishedLine.count > 0 || hasData || hasID || type.count > 0
    }

    /// The heap memory held, in bytes.
    public var heldBytes: Int {
        unfinishedLine.capacity + type.capacity + data.capacity + id.capacity + committedID.capacity
    }

    /// Begins the stream of a client that has come back: all is forgotten but the last event ID (HTML, 9.2.3).
    public mutating func restart() {
        unfinishedLine.release()
        type.release()
        data.release()
        id.release()
        markCount = 0
        skipsLineFeed = false
        hasData = false
        hasID = false
        limitHit = nil
    }

    /// Frees the memory; the parser may not be used afterwards.
    public mutating func release() {
        unfinishedLine.release()
        type.release()
        data.release()
        id.release()
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
        var joinsLine = unfinishedLine.count > 0
        var joined = false
        while let piece = lines.next() {
            var line = piece
            if joinsLine {
                guard unfinishedLine.count + piece.count <= Int(limit) else { return fail(.line) }
                unfinishedLine.append(piece, limit: Int(limit))
                line = unfinishedLine.view
                joinsLine = false
                joined = true
            } else if piece.count > Int(limit) {
                return fail(.line)
            }
            if line.isEmpty {
                if dispatch(&block, into: &sink) == .stop {
                    close(block, after: lines)
                    unfinishedLine.release()
                    return .stopped(consumed: lines.position)
                }
            } else if !read(line, into: &block, sink: &sink) {
                return fail(.event)
            }
        }
        let rest = lines.rest
        guard rest.count + (joined ? 0 : unfinishedLine.count) <= Int(limit) else { return fail(.line) }
        close(block, after: lines)
        if joined { unfinishedLine.release() }
        unfinishedLine.append(rest, limit: Int(limit))
        return .consumedAll
    }
}
