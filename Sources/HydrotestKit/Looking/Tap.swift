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
    private var exchange: HTTPExchange?
    private var inflater: Inflater?
    private var parser: EventStreamParser
    private var sink: TapSink
    /// Whether the head has come, and begins an event stream.
    private var isStreaming = false
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
        parser = EventStreamParser(limitBytes: limits.eventBytes)
        sink = TapSink(tellsComments: options.comments, maximumEvents: options.count, write: write, note: note)
    }

    deinit {
        exchange?.release()
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
                try named { () throws(HTTPExchangeError) in try exchange?.finish() }
                try finish()
                return .server
            }
            if let tapEnd = try take(UnsafeRawBufferPointer(rebasing: buffer[..<count])) { return tapEnd }
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
        var exchange = HTTPExchange(try request(), limits: HTTPExchange.Limits(headBytes: limits.headerBytes))
        // It owns nothing before the first byte of an answer.
        defer { self.exchange = exchange }
        do throws(HTTPClientError) {
            let connection = try HTTPConnection.open(
                url: options.url,
                tls: tls,
                deadline: deadline,
                isInterrupted: isInterrupted
            )
            do throws(HTTPClientError) {
                if let version = connection.tlsVersion { note(.tls(version: version)) }
                try connection.send(&exchange, by: deadline)
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

    private func request() throws(TapError) -> HTTPRequest {
        let given = Set(options.headers.map { $0.name.lowercased() })
        let defaults = [
            HTTPField("Host", options.url.hostHeader), HTTPField("Accept", "text/event-stream"),
            HTTPField("Cache-Control", "no-cache"), HTTPField("User-Agent", "hydrotest/\(Version.current)"),
        ]
        let fields = defaults.filter { !given.contains($0.name.lowercased()) } + options.headers
        let body = Array((options.body ?? "").utf8)
        do {
            return try HTTPRequest(
                method: options.method,
                target: options.url.path,
                fields: fields,
                body: body.isEmpty ? nil : body
            )
        } catch .invalidMethod {
            let name = HTTPWriteError.invalidMethod.rawValue
            throw TapError("\(name): --method is no token", exitCode: ExitCode.badUsage)
        } catch {
            throw TapError("\(error.rawValue): a --header cannot be sent", exitCode: ExitCode.badUsage)
        }
    }

    /// Takes bytes of the answer.
    ///
    /// - Returns: why the tap ends; nil where it goes on.
    private func take(_ bytes: UnsafeRawBufferPointer) throws(TapError) -> TapEnd? {
        var input = bytes
        while let event = try named({ () throws(HTTPExchangeError) in try exchange?.next(&input) }) {
            switch event {
            case .head(let head): try begin(head)
            case .body(let slice):
                try read(slice)
                if sink.isFull { return .count }
            case .end:
                try finish()
                return .server
            }
        }
        return nil
    }

    /// Begins the stream that a head announces.
    private func begin(_ head: HTTPResponseHead) throws(TapError) {
        note(.head(head))
        if let name = UnusableResponse.name(head) { throw TapError(name) }
        if let failure = exchange?.failure { throw TapError(failure.name) }
        switch UnusableResponse.compression(head) {
        case .none?: break
        case .format(let format)?: inflater = Inflater(format, ratio: limits.compressionRatio)
        case nil: throw TapError(UnusableResponse.unsupportedContentCoding)
        }
        isStreaming = true
        note(.began)
    }

    /// Reads a piece of the body.
    private func read(_ slice: UnsafeRawBufferPointer) throws(TapError) {
        guard inflater != nil else { return try parse(slice) }
        var input = slice
        while let bytes = try named({ () throws(InflateError) in
            try inflater?.next(&input, scratch: scratch)
        }) {
            try parse(bytes)
            if sink.isFull { return }
        }
    }

    private func parse(_ bytes: UnsafeRawBufferPointer) throws(TapError) {
        if case .limit(let limit) = parser.parse(bytes, into: &sink) { throw TapError(limit.rawValue) }
    }

    /// The server has ended the stream.
    private func finish() throws(TapError) {
        try named { () throws(InflateError) in try inflater?.finish() }
    }

    /// Gives an error of the decompression its place among the tap's own.
    private func named<Result>(_ body: () throws(InflateError) -> Result) throws(TapError) -> Result {
        do {
            return try body()
        } catch {
            throw TapError(error.rawValue)
        }
    }

    /// Gives an error of the exchange its place among the tap's own.
    private func named<Result>(_ body: () throws(HTTPExchangeError) -> Result) throws(TapError) -> Result {
        do {
            return try body()
        } catch .endedBeforeHead {
            throw TapError(EndedEarly.beforeHeaders.rawValue)
        } catch {
            throw TapError(error.name)
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
