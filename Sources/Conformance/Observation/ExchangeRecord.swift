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
