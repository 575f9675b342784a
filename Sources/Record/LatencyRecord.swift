/// The latencies of a run, in ns, each from the moment its clock starts; an empty histogram was not measured.
public struct LatencyRecord: Codable, Equatable, Sendable {
    /// From the scheduled start to the TCP connection.
    public var connect = LatencyHistogram()
    /// From the TCP connection to the end of the TLS handshake.
    public var tlsHandshake = LatencyHistogram()
    /// From the scheduled start to the end of the response head.
    public var timeToHeaders = LatencyHistogram()
    /// From the scheduled start to the first event.
    public var timeToFirstEvent = LatencyHistogram()
    /// From an event's send time to its arrival.
    public var event = LatencyHistogram()

    /// Nothing measured.
    public init() {}

    /// Adds another's latencies.
    public mutating func merge(_ other: LatencyRecord) {
        connect.merge(other.connect)
        tlsHandshake.merge(other.tlsHandshake)
        timeToHeaders.merge(other.timeToHeaders)
        timeToFirstEvent.merge(other.timeToFirstEvent)
        event.merge(other.event)
    }

    /// Every latency with the name it has in reports and thresholds.
    public var named: [(name: String, histogram: LatencyHistogram)] {
        [
            ("connect", connect), ("tlsHandshake", tlsHandshake), ("timeToHeaders", timeToHeaders),
            ("timeToFirstEvent", timeToFirstEvent), ("event", event),
        ]
    }
}
