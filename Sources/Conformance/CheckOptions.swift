import HTTP
import Vocabulary

/// What a check is asked for.
public struct CheckOptions: Sendable {
    /// Where the stream is.
    public var url: TargetURL
    /// Header fields of every request; one named like a default replaces it.
    public var headers: [HTTPField] = []
    /// Whether certificate and host name go unverified.
    public var insecure = false
    /// A PEM file of trusted authorities; nil for the system's.
    public var authorityFile: String?
    /// Where an event can be published by a POST of its text; nil for nowhere.
    public var publish: TargetURL?
    /// The longest silence that a stream should have, in ns.
    public var heartbeat: Nanoseconds = 15 * .perSecond
    /// How long the stream is listened to, in ns; nil for a little longer than the longest silence.
    public var wait: Nanoseconds?
    /// The name that requests carry as their `User-Agent`.
    public var userAgent = "hydrotest"
    /// The texts that are sent.
    public var marks = Marks()
    /// Which cases are judged.
    public var selection = CaseSelection()

    /// A check of an address.
    public init(url: TargetURL) { self.url = url }

    /// How long the stream is listened to, in ns: long enough for a silence that is too long, after what is published.
    public var listening: Nanoseconds {
        if let wait { return wait }
        let publishing = publish == nil ? 0 : CheckLimits.publishTime
        return heartbeat + heartbeat / 10 + CheckLimits.briefly + publishing
    }
}

extension CheckOptions {
    /// What is wrong with the options, and what to do next; nil where nothing is.
    public var problem: String? {
        if let number = selection.unknown { return "there is no case \(number); --list shows them all" }
        guard (1...CheckLimits.longestWait).contains(heartbeat) else {
            return "--heartbeat must be more than 0 and at most \(DurationText.format(CheckLimits.longestWait))"
        }
        guard (1...CheckLimits.longestWait).contains(wait ?? 1) else {
            return "--wait must be more than 0 and at most \(DurationText.format(CheckLimits.longestWait))"
        }
        do {
            _ = try HTTPHeadWriter.request(method: "GET", target: url.path, fields: RequestWriter(options: self).fields)
        } catch {
            return "\(error.rawValue): the address or a --header cannot be sent"
        }
        return nil
    }
}

/// Texts that are sent, to be known again in what comes back.
public struct Marks: Sendable {
    /// What sets this check's texts apart from those of earlier ones, which a server may keep.
    public let token: String

    /// Texts with a token.
    public init(token: String = String(UInt64.random(in: .min ... .max), radix: 16)) { self.token = token }

    /// The name of a field that only a line of a published text can have made.
    static let publishedField = "hydrotest-published"
    /// The name of a field that only a line of a request can have made.
    static let requestField = "hydrotest-forged"
    /// An ID that no server has given out.
    static let unknownID = "hydrotest-never-given-7f3a"
    /// The origin of a page that asks.
    static let origin = "https://hydrotest.invalid"

    /// What the first published text is known by.
    var first: String { "hydrotest one \(token)" }
    /// The first text that is published: characters of two to four bytes, and each kind of line end.
    var firstText: String {
        "\(first) é漢😀\nsecond line\r\(Self.publishedField): CR\r\n\(Self.publishedField): CRLF"
    }
    /// The first text as a client reads it, whose parser makes LF of every line end.
    var firstRead: String {
        "\(first) é漢😀\nsecond line\n\(Self.publishedField): CR\n\(Self.publishedField): CRLF"
    }
    /// The second text that is published.
    var second: String { "hydrotest two \(token)" }

    /// Whether an event's data is that of a text that was published.
    func isPublished(_ data: String) -> Bool { data.contains(first) || data.contains(second) }
}

/// The limits of a check.
public enum CheckLimits {
    /// Bytes of a response's head.
    public static let headBytes = 64 << 10
    /// Bytes that are kept of one exchange: `LIMIT_EXCHANGE_BYTES`.
    public static let exchangeBytes = 4 << 20
    /// Bytes of one event.
    public static let eventBytes = 1 << 20
    /// Events that are kept of one stream.
    public static let keptEvents = 10_000
    /// Interim responses that are kept of one exchange.
    public static let keptInterim = 16
    /// The bytes that one compressed byte may unpack to.
    public static let compressionRatio = 200
    /// How long a connection, its TLS handshake included, may take: `TIMEOUT_CONNECT`; in ns.
    public static let connectTime: Nanoseconds = 5 * .perSecond
    /// How long a response's head may take: `TIMEOUT_HEADERS`; in ns.
    public static let headTime: Nanoseconds = 5 * .perSecond
    /// How long a stream is read that is not listened to in full, in ns.
    public static let briefly: Nanoseconds = 1 * .perSecond
    /// Exchanges that are carried out at a time.
    public static let concurrency = 16
    /// The longest time for listening, in ns.
    public static let longestWait: Nanoseconds = 600 * .perSecond
    /// How long after a stream's head the first publish is sent, and the next after each, in ns.
    public static let publishPause: Nanoseconds = 500 * .perMillisecond
    /// How much longer a stream is listened to on which texts are published, in ns.
    public static let publishTime: Nanoseconds = 2 * .perSecond
    /// How long after it was published an event may come to count as flushed, in ns.
    public static let flushTime: Nanoseconds = 1 * .perSecond
}

/// How long an exchange waits; a test is less patient.
struct CheckPatience: Sendable {
    /// For a connection, its TLS handshake included, in ns.
    var connect = CheckLimits.connectTime
    /// For a response's head, in ns.
    var head = CheckLimits.headTime
    /// For the beginning of a stream, in ns.
    var briefly = CheckLimits.briefly
}
