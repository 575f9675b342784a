/// What a span of time of a connection's life is measured from and to, by its name in profiles and reports.
///
/// A latency is this one place: thresholds, records, reports and comparisons take their names, their order and what is
/// said of them from here.
public enum Latency: String, CaseIterable, CodingKey, Sendable {
    /// From the scheduled start to the TCP connection.
    case connect
    /// From the TCP connection to the end of the TLS handshake.
    case tlsHandshake
    /// From the scheduled start to the end of the response head.
    case timeToHeaders
    /// From the scheduled start to the first event.
    case timeToFirstEvent
    /// From an event's send time to its arrival.
    case event
    /// From one event of a stream to the next, where streams are followed to their end.
    case gap
    /// From the scheduled start to the first token's text.
    case timeToFirstToken

    /// What a scenario must ask for, so that a latency of its streams is measured.
    public enum Need: Sendable {
        /// Nothing: every load measures it.
        case nothing
        /// Streams that are followed to their end.
        case followedStreams
        /// Streams whose tokens are looked for.
        case tokens
    }

    /// What a scenario must ask for, so that it is measured.
    public var needs: Need {
        switch self {
        case .connect, .tlsHandshake, .timeToHeaders, .timeToFirstEvent, .event: .nothing
        case .gap: .followedStreams
        case .timeToFirstToken: .tokens
        }
    }

    /// The stage that an attempt must have reached to be counted; nil where no attempt is owed one.
    public var reached: Stage? {
        switch self {
        case .connect: .connected
        case .tlsHandshake: .tlsEstablished
        // A head that announces no stream is measured as well, though its connection fails at this stage.
        case .timeToHeaders: .responseStarted
        case .timeToFirstEvent: .firstEvent
        case .event, .gap, .timeToFirstToken: nil
        }
    }

    /// The position in ``allCases``, from 0.
    @inlinable public var order: Int {
        switch self {
        case .connect: 0
        case .tlsHandshake: 1
        case .timeToHeaders: 2
        case .timeToFirstEvent: 3
        case .event: 4
        case .gap: 5
        case .timeToFirstToken: 6
        }
    }

    /// The latencies that every load measures, in order: the first of ``allCases``.
    public static let ofEveryLoad = allCases.filter { $0.needs == .nothing }
}
