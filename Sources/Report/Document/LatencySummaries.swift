import Record
import Vocabulary

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
        connect?.unreached = load.shareUnreached(.connected, reached: load.latency.connect.count)
        tlsHandshake?.unreached = load.shareUnreached(.tlsEstablished, reached: load.latency.tlsHandshake.count)
        timeToHeaders?.unreached = load.shareUnreached(.responseStarted, reached: load.latency.timeToHeaders.count)
        timeToFirstEvent?.unreached = load.shareUnreached(
            .firstEvent,
            reached: load.latency.timeToFirstEvent.count
        )
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

    /// What share of the attempts never got to what was measured, in a sentence each; none where all did.
    public var gaps: [String] {
        named.compactMap { name, summary in
            summary.unreached.map {
                "\(name): \(NumberText.threeDigits($0 * 100))% of attempts never got there; the figures are of those that did."
            }
        }
    }

    /// Every latency that was measured, with its name.
    public var named: [(name: String, summary: LatencySummary)] {
        [
            ("connect", connect), ("tlsHandshake", tlsHandshake), ("timeToHeaders", timeToHeaders),
            ("timeToFirstEvent", timeToFirstEvent), ("event", event),
        ].compactMap { name, summary in summary.map { (name, $0) } }
    }
}
