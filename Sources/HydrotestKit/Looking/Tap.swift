import EventLoop
import EventStream
import HTTP
import Load
import Probe
import RunProfile
import Transport
import Vocabulary

/// Follows one stream and tells its events as JSON lines, through the parsers that the load uses.
public final class Tap {
    /// How long the way to the response head may take, in ns.
    public static let openTimeout: Nanoseconds = 30 * .perSecond
    private static let bufferBytes = 64 << 10

    private let options: TapOptions
    private let limits = LimitOptions()
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bufferBytes, alignment: 64)
    private let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: bufferBytes, alignment: 64)
    private var head: HTTPResponseHeadParser
    private var body = BodyDecoder.none
    private var inflater: Inflater?
    private var parser: EventStreamParser
    private var sink: TapSink
    private let note: (TapNote) -> Void
    private let isInterrupted: () -> Bool

    /// A tap that has not begun.
    ///
    /// - Parameters:
    ///   - isInterrupted: looked at while the tap waits; true ends it.
    ///   - note: takes what can be seen of the stream beside its events' text.
    ///   - write: takes each JSON line, without its line end.
    public init(
        _ options: TapOptions,
        isInterrupted: @escaping () -> Bool = { false },
        note: @escaping (TapNote) -> Void = { _ in },
        write: @escaping (String) -> Void
    ) {
        self.isInterrupted = isInterrupted
        self.note = note
        self.options = options
        head = HTTPResponseHeadParser(limitBytes: limits.headerBytes)
        parser = EventStreamParser(limitBytes: limits.eventBytes)
        sink = TapSink(tellsComments: options.comments, maximumEvents: options.count, write: write, note: note)
    }

    deinit {
        head.release()
        parser.release()
        inflater?.release()
        buffer.deallocate()
        scratch.deallocate()
    }

    /// Follows the stream to its end or a bound; blocks.
    ///
    /// - Returns: why it ended.
    /// - Throws: ``TapError`` where the stream cannot be opened or breaks.
    public func run() throws(TapError) -> TapEnd {
        let started = MonotonicClock.now()
        let end = started + min(options.maximumTime ?? .max / 2, .max / 2)
        return try follow(openBy: min(end, started + Self.openTimeout), end: end)
    }

    private func follow(openBy deadline: Nanoseconds, end: Nanoseconds) throws(TapError) -> TapEnd {
        let connection: HTTPConnection
        do {
            connection = try open(deadline)
        } catch  where error.name == HTTPClientError.interrupted.name {
            return .interrupted
        }
        defer { connection.close() }
        var isStreaming = false
        while true {
            let count: Int?
            do {
                count = try connection.receive(into: buffer, by: isStreaming ? end : deadline)
            } catch .interrupted {
                return .interrupted
            } catch .timeout where isStreaming {
                return .time
            } catch .timeout {
                throw TapError(EndedEarly.headersTimeout.rawValue)
            } catch {
                throw TapError(error.name)
            }
            guard let count else {
                guard isStreaming else { throw TapError(EndedEarly.beforeHeaders.rawValue) }
                try finish()
                return .server
            }
            var input = UnsafeRawBufferPointer(rebasing: buffer[..<count])
            if !isStreaming {
                isStreaming = try readHead(&input)
                guard isStreaming else { continue }
                note(.began)
            }
            if let tapEnd = try readBody(&input) { return tapEnd }
        }
    }

    private func open(_ deadline: Nanoseconds) throws(TapError) -> HTTPConnection {
        var tls: TLSClientContext?
        if options.url.tls {
            var tlsOptions = TLSClientContext.Options()
            tlsOptions.verify = !options.insecure
            tlsOptions.authorityFile = options.authorityFile
            do {
                tls = try TLSClientContext(serverName: options.url.host, options: tlsOptions)
            } catch {
                throw TapError("\(error)", exitCode: ExitCode.badUsage)
            }
        }
        let request = try requestBytes()
        do throws(HTTPClientError) {
            let connection = try HTTPConnection.open(
                url: options.url,
                tls: tls,
                deadline: deadline,
                isInterrupted: isInterrupted
            )
            do throws(HTTPClientError) {
                if let version = connection.tlsVersion { note(.tls(version: version)) }
                try connection.send(request, by: deadline)
                return connection
            } catch {
                connection.close()
                throw error
            }
        } catch {
            let name = error == .timeout ? EndedEarly.connectTimeout.rawValue : error.name
            throw TapError(name, exitCode: ExitCode.targetUnreachable)
        }
    }

    private func requestBytes() throws(TapError) -> [UInt8] {
        let given = Set(options.headers.map { $0.name.lowercased() })
        let defaults = [
            HTTPField("Host", options.url.hostHeader), HTTPField("Accept", "text/event-stream"),
            HTTPField("Cache-Control", "no-cache"), HTTPField("User-Agent", "hydrotest/\(Version.current)"),
        ]
        var fields = defaults.filter { !given.contains($0.name.lowercased()) } + options.headers
        let body = Array((options.body ?? "").utf8)
        if !body.isEmpty, !given.contains("content-length") {
            fields.append(HTTPField("Content-Length", "\(body.count)"))
        }
        do {
            return try HTTPHeadWriter.request(method: options.method, target: options.url.path, fields: fields) + body
        } catch .invalidMethod {
            let name = HTTPWriteError.invalidMethod.rawValue
            throw TapError("\(name): --method is no token", exitCode: ExitCode.badUsage)
        } catch {
            throw TapError("\(error.rawValue): a --header cannot be sent", exitCode: ExitCode.badUsage)
        }
    }

    /// Reads as much of the head as has come.
    ///
    /// - Returns: whether the head is complete, and the rest of the input is body.
    private func readHead(_ input: inout UnsafeRawBufferPointer) throws(TapError) -> Bool {
        while let parsed = try named({ () throws(HTTPHeadError) in try head.parse(input) }) {
            input = UnsafeRawBufferPointer(rebasing: input[parsed.consumed...])
            if parsed.head.isInterim { continue }
            note(.head(parsed.head))
            if let name = UnusableResponse.name(parsed.head) { throw TapError(name) }
            body = BodyDecoder(try named { () throws(HTTPHeadError) in try parsed.head.bodyFraming() })
            switch UnusableResponse.compression(parsed.head) {
            case .none?: break
            case .format(let format)?: inflater = Inflater(format, ratio: limits.compressionRatio)
            case nil: throw TapError(UnusableResponse.unsupportedContentCoding)
            }
            return true
        }
        return false
    }

    /// Reads a piece of the body.
    ///
    /// - Returns: why the tap ends; nil where it goes on.
    private func readBody(_ input: inout UnsafeRawBufferPointer) throws(TapError) -> TapEnd? {
        while var slice = try named({ () throws(BodyError) in try body.next(&input) }) {
            if inflater == nil {
                try parse(slice)
            } else {
                while let bytes = try named({ () throws(InflateError) in
                    try inflater?.next(&slice, scratch: scratch)
                }) {
                    try parse(bytes)
                    if sink.isFull { break }
                }
            }
            if sink.isFull { return .count }
        }
        guard body.isComplete else { return nil }
        try finish()
        return .server
    }

    private func parse(_ bytes: UnsafeRawBufferPointer) throws(TapError) {
        if case .limit(let limit) = parser.parse(bytes, into: &sink) { throw TapError(limit.rawValue) }
    }

    /// The server has ended the stream.
    private func finish() throws(TapError) {
        try named { () throws(BodyError) in try body.finish() }
        try named { () throws(InflateError) in try inflater?.finish() }
    }

    /// Gives an error of a parser its place among the tap's own.
    private func named<Result, Failure: RawRepresentable<String>>(
        _ body: () throws(Failure) -> Result
    ) throws(TapError) -> Result {
        do {
            return try body()
        } catch {
            throw TapError(error.rawValue)
        }
    }
}

/// Turns the events of a stream into JSON lines.
struct TapSink: EventStreamSink {
    let tellsComments: Bool
    let maximumEvents: Int
    let write: (String) -> Void
    let note: (TapNote) -> Void
    private(set) var events = 0
    private var pendingRetry: UInt64?

    init(
        tellsComments: Bool,
        maximumEvents: Int?,
        write: @escaping (String) -> Void,
        note: @escaping (TapNote) -> Void
    ) {
        self.tellsComments = tellsComments
        self.maximumEvents = maximumEvents ?? .max
        self.write = write
        self.note = note
    }

    /// Whether as many events came as were asked for.
    var isFull: Bool { events >= maximumEvents }

    mutating func event(_ event: borrowing ServerSentEvent) -> EventStreamFlow {
        events += 1
        note(.event(name: event.typeText, bytes: event.data.count))
        var line = "{\"event\":\(JSONText.quote(event.typeText)),\"data\":\(JSONText.quote(event.dataText))"
        if !event.lastEventID.isEmpty { line += ",\"id\":\(JSONText.quote(event.lastEventIDText))" }
        if let retry = pendingRetry { line += ",\"retry\":\(retry)" }
        pendingRetry = nil
        write(line + "}")
        return isFull ? .stop : .continue
    }

    mutating func comment(_ bytes: UnsafeRawBufferPointer) {
        note(.comment)
        guard tellsComments else { return }
        let text = UTF8Text.decode(bytes)
        write("{\"comment\":\(JSONText.quote(text.hasPrefix(" ") ? String(text.dropFirst()) : text))}")
    }

    mutating func retry(milliseconds: UInt64) { pendingRetry = milliseconds }
}
