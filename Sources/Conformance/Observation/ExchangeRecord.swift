import Vocabulary

/// Everything that came in one exchange, with its moments, in ns of the monotonic clock.
public struct ExchangeRecord: Sendable {
    /// The methods of the requests, in order; none where what came is no HTTP.
    public let methods: [String]
    /// When the connection attempt began.
    public let started: Nanoseconds
    /// When the first request had been sent; nil where it was not.
    public let sent: Nanoseconds?
    /// When the client did what the exchange is about, such as its half-close; nil where it did not.
    public let acted: Nanoseconds?
    /// What came, without TLS.
    public let bytes: [UInt8]
    /// When it came.
    public let arrivals: [Arrival]
    /// How the exchange ended.
    public let end: ExchangeEnd
    /// When it ended.
    public let ended: Nanoseconds
    /// What was published meanwhile.
    public let publications: [Publication]
    /// The connection's TLS; nil on a plain one.
    public let tls: TLSFacts?
    /// What came, as responses.
    public let reading: ResponseReading

    /// A record from its parts.
    public init(
        methods: [String] = ["GET"],
        started: Nanoseconds = 0,
        sent: Nanoseconds? = 0,
        acted: Nanoseconds? = nil,
        bytes: [UInt8],
        arrivals: [Arrival],
        end: ExchangeEnd,
        ended: Nanoseconds,
        publications: [Publication] = [],
        tls: TLSFacts? = nil
    ) {
        self.methods = methods
        self.started = started
        self.sent = sent
        self.acted = acted
        self.bytes = bytes
        self.arrivals = arrivals
        self.end = end
        self.ended = ended
        self.publications = publications
        self.tls = tls
        let reader = ResponseReader(methods: methods)
        var start = 0
        for arrival in arrivals {
            bytes[start..<arrival.end].withUnsafeBytes { reader.read($0, at: arrival.moment) }
            start = arrival.end
        }
        reading = reader.finish(isClosed: end == .closed)
    }

    /// A record of an exchange that was not carried out.
    static func omitted(_ reason: String) -> ExchangeRecord { empty(.omitted(reason)) }

    /// A record of an exchange for which there was no time any more.
    static let interrupted = empty(.interrupted)

    private static func empty(_ end: ExchangeEnd) -> ExchangeRecord {
        ExchangeRecord(sent: nil, bytes: [], arrivals: [], end: end, ended: 0)
    }
}

/// How an exchange ended.
public enum ExchangeEnd: Equatable, Sendable {
    /// Every response was read to its end.
    case complete
    /// The time for listening was over; the connection stood.
    case listened
    /// The server closed the connection in good order.
    case closed
    /// No whole head, or no end of a body, came within the time; the limit's name.
    case timeout(String)
    /// More came than is kept; the limit's name.
    case limit(String)
    /// The connection broke, or never stood; the error's name.
    case failed(String)
    /// A signal ended it, or kept it from beginning: what came until then is no ground to judge by.
    case interrupted
    /// The exchange was not carried out; why.
    case omitted(String)

    /// The end in words.
    public var words: String {
        switch self {
        case .complete: "a complete response"
        case .listened: "a connection that stayed open"
        case .closed: "the server closed the connection"
        case .timeout(let name), .limit(let name), .failed(let name): name
        case .interrupted: "interrupted"
        case .omitted(let reason): reason
        }
    }
}

/// Bytes that came in one read.
public struct Arrival: Equatable, Sendable {
    /// How many bytes had come by then, these included.
    public var end: Int
    /// When, in ns of the monotonic clock.
    public var moment: Nanoseconds

    /// An arrival from its parts.
    public init(end: Int, moment: Nanoseconds) {
        self.end = end
        self.moment = moment
    }
}

/// A publish that was asked of the server while a stream was read.
public struct Publication: Equatable, Sendable {
    /// When it was sent, in ns of the monotonic clock.
    public var sent: Nanoseconds
    /// The answer's status; nil where none came.
    public var status: Int?
    /// Why no answer came; nil where one did.
    public var failure: String?

    /// A publish from its parts.
    public init(sent: Nanoseconds, status: Int?, failure: String? = nil) {
        self.sent = sent
        self.status = status
        self.failure = failure
    }

    /// Whether the server says that it did it.
    public var isDone: Bool { status.map { (200..<300).contains($0) } ?? false }
}

/// What is known of a connection's TLS.
public struct TLSFacts: Equatable, Sendable {
    /// The version in OpenSSL's words: `TLSv1.3`; nil where no handshake was completed.
    public var version: String?
    /// The application protocol that the server chose; nil for none.
    public var applicationProtocol: String?
    /// Whether an earlier session was resumed.
    public var isResumed = false
    /// The descriptions of the alerts that came (RFC 8446, 6), in order.
    public var alerts: [UInt8] = []

    /// Nothing.
    public init() {}

    /// The number of close_notify (RFC 8446, 6.1).
    static let closeNotify: UInt8 = 0
}
