import Record
import Vocabulary

/// How closed streams came back.
public struct ReconnectSummary: Codable, Equatable, Sendable {
    /// Streams that were closed: by the server (`ENDED`), by an error's name, or all at once (`DROPPED`).
    public var closed: [String: UInt64]
    /// Connections started to come back.
    public var attempts: UInt64
    /// Attempts that failed, by the error's name.
    public var failures: [String: UInt64]
    /// Streams that were open again.
    public var returned: UInt64
    /// Clients that stopped after too many failures in a row.
    public var gaveUp: UInt64
    /// Clients that were still away when their time was over.
    public var awayAtEnd: UInt64
    /// Clients that the server told not to come back.
    public var toldToStop: UInt64
    /// From a stream's closure to the response head of the next, in ns; nil where none came back.
    public var away: LatencySummary?
    /// The reconnection times that the server told; nil where it told none.
    public var retry: RetryRecord?
    /// The most attempts in a second, as the busiest tenth of one shows; nil where there was none.
    public var peakRate: Double?
    /// The streams that were dropped all at once, by the moment.
    public var drops: [MassDropRecord]
    /// The times in which streams were away, the first ones.
    public var outages: [Outage]
    /// What resuming the streams brought; nil where no messages were published.
    public var resume: ResumeCounts?
    /// Last event IDs that could not be sent, by the reason.
    public var unsentIDs: [String: UInt64]

    /// The figures of a record.
    public init(_ reconnect: ReconnectRecord) {
        closed = reconnect.closed
        attempts = reconnect.attempts
        failures = reconnect.failures
        returned = reconnect.returned
        gaveUp = reconnect.gaveUp
        awayAtEnd = reconnect.awayAtEnd
        toldToStop = reconnect.toldToStop
        away = LatencySummary(reconnect.away)
        retry = reconnect.retry
        peakRate = reconnect.peakRate
        drops = reconnect.drops
        outages = Array(reconnect.outages.prefix(ReportLimits.outages))
        resume = reconnect.resume
        unsentIDs = reconnect.unsentIDs
    }
}
