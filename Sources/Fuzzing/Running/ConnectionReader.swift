import EventStream
import HTTP
import Vocabulary

/// Reads what a server sends on one connection: responses one after the other, and the events of a stream.
///
/// It reads heads and bodies for itself, as an exchange of the HTTP room cannot: what it reads answers requests that no
/// client may write, of which nobody knows how many answers they get and which of these have bodies.
final class ConnectionReader {
    private enum Place {
        case head
        case body
        /// Nothing more is looked at.
        case over
    }

    /// What was seen so far.
    private(set) var seen = Observation()
    /// What a forged field's value begins with; empty where nothing is looked for.
    var forged: [UInt8] = []
    /// The topics that events may come from; nil for any.
    var allowed: Set<Stamp>?
    /// Whether nobody can say which response will have a body.
    private var isAmbiguous = false
    /// Called with each event's data and ID.
    var onEvent: ((UnsafeRawBufferPointer, String) -> Void)?
    /// Called with each comment.
    var onComment: (() -> Void)?

    private var place: Place
    private var parser = HTTPResponseHeadParser(limitBytes: FuzzLimits.headBytes)
    private var body = BodyDecoder.none
    private var stream: EventStreamParser?
    private var isCompressed = false

    /// A reader at a connection's start.
    ///
    /// - Parameter isRaw: whether the bytes are no HTTP, and only counted.
    init(isRaw: Bool = false) { place = isRaw ? .over : .head }

    deinit {
        parser.release()
        stream?.release()
    }

    /// Whether an event stream is being read.
    var isStreaming: Bool { stream != nil && place == .body }

    /// Says what has been sent.
    func tell(request: [UInt8]) {
        if !isAmbiguous { isAmbiguous = RequestText.isAmbiguous(request) }
    }

    /// Takes what has come.
    func read(_ bytes: UnsafeRawBufferPointer, afterStall: Bool) {
        seen.bytes += bytes.count
        if afterStall { seen.bytesAfterStall += bytes.count }
        var input = bytes
        while !input.isEmpty {
            switch place {
            case .over: return
            case .head: readHead(&input)
            case .body: readBody(&input)
            }
        }
    }

    /// The connection has ended: in good order, or not.
    ///
    /// - Parameter isCut: whether the client has cut the exchange short itself, so that nothing need be whole.
    func finish(_ name: String, isCut: Bool) {
        guard seen.end == nil else { return }
        seen.end = name
        // What a reset destroys on its way is nobody's fault.
        guard name == "end", !isCut else { return }
        switch place {
        case .over: break
        case .head where !parser.isFresh: malformed(EndName.truncatedHead)
        case .head: break
        case .body where stream != nil: break
        case .body:
            if case .untilClose = body {
                seen.answers += 1
            } else {
                malformed(BodyError.truncated.rawValue)
            }
        }
    }

    private func malformed(_ name: String) {
        if seen.malformed == nil { seen.malformed = name }
        place = .over
    }

    private func readHead(_ input: inout UnsafeRawBufferPointer) {
        do throws(HTTPHeadError) {
            guard let parsed = try parser.parse(input) else {
                return input = UnsafeRawBufferPointer(rebasing: input[input.count...])
            }
            input = UnsafeRawBufferPointer(rebasing: input[parsed.consumed...])
            if seen.statuses.count < FuzzLimits.keptIDs { seen.statuses.append(parsed.head.status) }
            lookForForged(parsed.head)
            guard !parsed.head.isInterim else { return }
            try begin(parsed.head)
        } catch {
            malformed(error.rawValue)
        }
    }

    private func begin(_ head: HTTPResponseHead) throws(HTTPHeadError) {
        if isAmbiguous || head.status == 101 {
            seen.answers += 1
            return place = .over
        }
        body = BodyDecoder(try head.bodyFraming())
        isCompressed = !head.contentCodings.allSatisfy { $0 == .identity }
        if head.isEventStream, !body.isComplete, !isCompressed {
            seen.isEventStream = true
            stream = EventStreamParser(limitBytes: FuzzLimits.eventBytes)
        }
        place = .body
        endBodyWhereComplete()
    }

    private func readBody(_ input: inout UnsafeRawBufferPointer) {
        do throws(BodyError) {
            while let slice = try body.next(&input) {
                guard stream != nil else { continue }
                if case .limit(let limit)? = stream?.parse(slice, into: &sink) { return malformed(limit.rawValue) }
            }
        } catch {
            return malformed(error.rawValue)
        }
        endBodyWhereComplete()
    }

    private func endBodyWhereComplete() {
        guard body.isComplete else { return }
        stream?.release()
        stream = nil
        seen.answers += 1
        place = .head
    }

    private var sink: EventWitness {
        get { EventWitness(reader: self) }
        set {}
    }
}

extension ConnectionReader {
    private func lookForForged(_ head: HTTPResponseHead) {
        guard !forged.isEmpty, seen.forged == nil else { return }
        for field in head.fields where field.value.utf8.starts(with: forged) && field.name.hasPrefix("x-forged") {
            seen.forged = "header \(field.name): \(field.value)"
        }
    }

    /// Looks at one event of the stream.
    func event(_ event: borrowing ServerSentEvent) {
        seen.events += 1
        if seen.events == 1 { seen.firstData = Array(event.data.prefix(FuzzLimits.headBytes)) }
        let id = event.lastEventIDText
        if seen.ids.last != id {
            if seen.ids.count == FuzzLimits.keptIDs { seen.ids.removeFirst() }
            seen.ids.append(id)
        }
        inspect(event)
        if let allowed, seen.foreign == nil, let stamp = Stamp.find(in: event.data), !allowed.contains(stamp) {
            seen.foreign = stamp
        }
        onEvent?(event.data, id)
    }

    /// Looks for what no event may hold, whether it is dispatched or not.
    func inspect(_ event: borrowing ServerSentEvent) {
        if seen.brokenText == nil {
            for text in [event.data, event.type, event.lastEventID] where !UTF8Text.isValid(text) {
                seen.brokenText = String(UTF8Text.decode(text).suffix(80))
            }
        }
        guard !forged.isEmpty, seen.forged == nil else { return }
        if event.type.starts(with: forged) { seen.forged = "event: \(event.typeText)" }
        if event.hasID, event.lastEventID.starts(with: forged) { seen.forged = "id: \(event.lastEventIDText)" }
        for line in event.data.split(separator: UInt8(ascii: "\n")) where line.starts(with: forged) {
            seen.forged = "data: " + UTF8Text.decode(UnsafeRawBufferPointer(rebasing: line))
        }
    }

    /// Looks at a line that the standard ignores.
    func ignored(_ line: UnsafeRawBufferPointer) {
        guard !forged.isEmpty, seen.forged == nil, line.starts(with: forged) else { return }
        seen.forged = UTF8Text.decode(line)
    }
}

/// What a client saw on one connection.
struct Observation: Equatable, Sendable {
    /// The status of each response, interim ones included.
    var statuses: [Int] = []
    /// The status of the first response that is final; nil where none has come.
    var finalStatus: Int? { statuses.first { !HTTPResponseHead.isInterim($0) } }
    /// What was wrong with a response: the parser's name for it.
    var malformed: String?
    /// Responses that are complete.
    var answers = 0
    /// Events received.
    var events = 0
    /// The data of the first event.
    var firstData: [UInt8] = []
    /// The last event IDs of the latest events, in order.
    var ids: [String] = []
    /// A line of a response or a stream that only injected bytes can have made.
    var forged: String?
    /// The stamp of an event on a topic that the client never asked for.
    var foreign: Stamp?
    /// An event whose bytes are not UTF-8, malformed bytes replaced.
    var brokenText: String?
    /// Bytes received.
    var bytes = 0
    /// Bytes received after a stall had ended.
    var bytesAfterStall = 0
    /// How the connection ended: `end`, or an error's name; nil where the client ended it.
    var end: String?
    /// Whether the first response was an event stream.
    var isEventStream = false
}

/// Hands what a parser finds to a reader.
struct EventWitness: EventStreamSink {
    let reader: ConnectionReader

    mutating func event(_ event: borrowing ServerSentEvent) -> EventStreamFlow {
        reader.event(event)
        return .continue
    }

    mutating func comment(_ bytes: UnsafeRawBufferPointer) { reader.onComment?() }

    mutating func retry(milliseconds: UInt64) {}

    mutating func ignored(line: UnsafeRawBufferPointer) { reader.ignored(line) }

    mutating func undispatched(_ event: borrowing ServerSentEvent) { reader.inspect(event) }
}

/// What can be told of a request's bytes about the bodies of its answers.
enum RequestText {
    /// The methods whose answers may have no body whatever their fields say (RFC 9112, 6.3).
    private static let bodiless = ["HEAD", "CONNECT"].map { Array($0.utf8) }

    /// Whether a server may find a request without a body to its answer in the bytes, or just not.
    static func isAmbiguous(_ bytes: [UInt8]) -> Bool {
        bodiless.contains { word in
            bytes.indices.contains { bytes[$0] == word[0] && bytes[$0...].starts(with: word) }
        }
    }
}
