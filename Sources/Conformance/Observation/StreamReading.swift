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

/// One event, as a client is told of it.
public struct StreamEvent: Equatable, Sendable {
    /// The type, `message` where the event names none.
    public let type: String
    /// The data.
    public let data: String
    /// The last event ID as of this event; empty for none.
    public let id: String
    /// Whether this event itself carried an ID.
    public let hasID: Bool
    /// When it was complete, in ns of the monotonic clock.
    public let moment: Nanoseconds

    /// A copy of an event.
    init(_ event: borrowing ServerSentEvent, moment: Nanoseconds) {
        type = event.typeText
        data = event.dataText
        id = event.lastEventIDText
        hasID = event.hasID
        self.moment = moment
    }
}

/// One line of an event stream.
public struct StreamLine: Equatable, Sendable {
    /// What ends a line (HTML, 9.2.5).
    public enum End: String, Sendable {
        /// A line feed.
        case lineFeed = "LF"
        /// A carriage return.
        case carriageReturn = "CR"
        /// Both.
        case both = "CRLF"
    }

    /// The line without its end.
    public let bytes: ArraySlice<UInt8>
    /// What ends it; nil where it is unfinished.
    public let end: End?
    /// When its first byte came, in ns of the monotonic clock.
    public let began: Nanoseconds
    /// When its last byte came, in ns of the monotonic clock.
    public let moment: Nanoseconds

    /// The field's name; empty for a comment.
    public var name: String { text(bytes.prefix { $0 != UInt8(ascii: ":") }) }

    /// The field's value, without one leading space.
    public var value: ArraySlice<UInt8> {
        let rest = bytes.drop { $0 != UInt8(ascii: ":") }.dropFirst()
        return rest.first == UInt8(ascii: " ") ? rest.dropFirst() : rest
    }

    /// Whether the line ends an event.
    public var isBlank: Bool { bytes.isEmpty }

    /// Whether the line's bytes are well-formed UTF-8.
    public var isUTF8: Bool { bytes.withUnsafeBytes(UTF8Text.isValid) }

    private func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

    /// The lines of a body, an unfinished last one included where it has bytes.
    static func split(_ body: [UInt8], from start: Int, _ arrivals: [Arrival]) -> [StreamLine] {
        var lines: [StreamLine] = []
        var position = start
        var arrival = 0
        func moment(_ offset: Int) -> Nanoseconds {
            while arrival < arrivals.count - 1, arrivals[arrival].end <= offset { arrival += 1 }
            return arrivals.isEmpty ? 0 : arrivals[arrival].moment
        }
        while position < body.count {
            let began = moment(position)
            let isEnd = { (byte: UInt8) in byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }
            guard let end = body[position...].firstIndex(where: isEnd) else {
                let last = moment(body.count - 1)
                lines.append(StreamLine(bytes: body[position...], end: nil, began: began, moment: last))
                break
            }
            let isReturn = body[end] == UInt8(ascii: "\r")
            let isBoth = isReturn && end + 1 < body.count && body[end + 1] == UInt8(ascii: "\n")
            let kind: End = isBoth ? .both : isReturn ? .carriageReturn : .lineFeed
            let next = end + (isBoth ? 2 : 1)
            lines.append(
                StreamLine(bytes: body[position..<end], end: kind, began: began, moment: moment(next - 1))
            )
            position = next
        }
        return lines
    }
}

/// Keeps what a parser finds, with the moment at which it was complete.
struct StreamCollector: EventStreamSink {
    /// The moment of what is being read, in ns of the monotonic clock.
    var moment: Nanoseconds = 0
    private(set) var events: [StreamEvent] = []
    private(set) var undispatched: [StreamEvent] = []
    private(set) var beats: [Nanoseconds] = []

    mutating func event(_ event: borrowing ServerSentEvent) -> EventStreamFlow {
        if events.count < CheckLimits.keptEvents { events.append(StreamEvent(event, moment: moment)) }
        beat()
        return .continue
    }

    mutating func comment(_ bytes: UnsafeRawBufferPointer) { beat() }

    mutating func retry(milliseconds: UInt64) {}

    mutating func undispatched(_ event: borrowing ServerSentEvent) {
        if undispatched.count < CheckLimits.keptEvents { undispatched.append(StreamEvent(event, moment: moment)) }
        beat()
    }

    private mutating func beat() {
        if beats.last != moment { beats.append(moment) }
    }
}
