import Vocabulary

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
