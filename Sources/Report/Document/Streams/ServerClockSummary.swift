import Record

/// How late events came by the server's own clock, above the fastest of them: never comparable with other latencies.
public struct ServerClockSummary: Codable, Equatable, Sendable {
    /// How much later than the fastest one events came, in ns; nil where no event had a time.
    public var aboveFastest: LatencySummary?
    /// The smallest difference of both clocks, this machine's less the server's, in ns; nil where no event had a time.
    public var offset: Int64?
    /// Events whose time could not be read.
    public var unread: UInt64

    /// The figures of a record.
    public init(_ clock: ServerClockRecord) {
        aboveFastest = LatencySummary(clock.latencies)
        offset = clock.offset
        unread = clock.unread
    }
}
