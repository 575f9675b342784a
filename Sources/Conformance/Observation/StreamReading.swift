import EventStream
import Vocabulary

/// A body, read as an event stream (HTML, 9.2.5 and 9.2.6).
public struct StreamReading: Sendable {
    /// The lines, an unfinished last one included.
    public let lines: [StreamLine]
    /// What a client is told of.
    public let events: [StreamEvent]
    /// Events that no client is told of, since they have no data.
    public let undispatched: [StreamEvent]
    /// When a comment or an event came, in ns of the monotonic clock; at most one a read.
    public let beats: [Nanoseconds]
    /// Whether the stream, as far as it came, ends inside a line or an event.
    public let isUnfinished: Bool
    /// Whether the stream begins with a byte order mark.
    public let hasMark: Bool
    /// The limit that the stream went past; nil for none.
    public let limit: String?
    /// When the last byte came, in ns of the monotonic clock; nil where none did.
    public let lastMoment: Nanoseconds?

    private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// Reads a body.
    init(_ body: [UInt8], _ arrivals: [Arrival]) {
        hasMark = body.starts(with: Self.mark)
        lines = StreamLine.split(body, from: hasMark ? Self.mark.count : 0, arrivals)
        var parser = EventStreamParser(limitBytes: CheckLimits.eventBytes)
        defer { parser.release() }
        var sink = StreamCollector()
        var limit: String?
        var start = 0
        for arrival in arrivals where limit == nil {
            sink.moment = arrival.moment
            let progress = body[start..<arrival.end].withUnsafeBytes { parser.parse($0, into: &sink) }
            if case .limit(let reached) = progress { limit = reached.rawValue }
            start = arrival.end
        }
        events = sink.events
        undispatched = sink.undispatched
        beats = sink.beats
        isUnfinished = parser.isUnfinished
        self.limit = limit
        lastMoment = arrivals.last?.moment
    }

    /// The values of all fields of a name, in order.
    func values(of name: String) -> [StreamLine] { lines.filter { $0.name == name } }
}
