import Record

/// The latencies that were measured; one that was not is nil.
public struct LatencySummaries: Codable, Equatable, Sendable {
    /// From the scheduled start to the TCP connection.
    public var connect: LatencySummary?
    /// From the TCP connection to the end of the TLS handshake.
    public var tlsHandshake: LatencySummary?
    /// From the scheduled start to the end of the response head.
    public var timeToHeaders: LatencySummary?
    /// From the scheduled start to the first event.
    public var timeToFirstEvent: LatencySummary?
    /// From an event's send time to its arrival.
    public var event: LatencySummary?

    /// How late events came by the server's own clock; nil where it was not looked at.
    public var serverClock: ServerClockSummary?

    /// The figures of a load's latencies.
    public init(_ load: LoadRecord) {
        self.init(load.latency)
        serverClock = load.serverClock.map(ServerClockSummary.init)
    }

    /// The figures of a record's latencies.
    public init(_ latency: LatencyRecord) {
        connect = LatencySummary(latency.connect)
        tlsHandshake = LatencySummary(latency.tlsHandshake)
        timeToHeaders = LatencySummary(latency.timeToHeaders)
        timeToFirstEvent = LatencySummary(latency.timeToFirstEvent)
        event = LatencySummary(latency.event)
    }

    /// Every latency that was measured, with its name.
    public var named: [(name: String, summary: LatencySummary)] {
        [
            ("connect", connect), ("tlsHandshake", tlsHandshake), ("timeToHeaders", timeToHeaders),
            ("timeToFirstEvent", timeToFirstEvent), ("event", event),
        ].compactMap { name, summary in summary.map { (name, $0) } }
    }
}
