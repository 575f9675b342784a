import Record
import Vocabulary

/// What streams brought that were followed from their first event to their end.
public struct StreamSummary: Codable, Equatable, Sendable {
    /// Streams that ended with their end marker.
    public var marked: UInt64
    /// Streams that the server ended without the end marker; nil where none was expected.
    public var unmarked: UInt64?
    /// Streams that were dropped on purpose at an event.
    public var cancelled: UInt64
    /// The time between two events of one stream, in ns; nil where no stream had two.
    public var gap: LatencySummary?
    /// Events of each stream that was not cut short by this side; nil where there was none.
    public var events: NumberSummary?
    /// Events with a token's text of each such stream; nil where there was none, or none were looked for.
    public var tokens: NumberSummary?
    /// Tokens a second of each stream, from its first token to its last; nil where none had two.
    public var tokenRate: NumberSummary?
    /// From the scheduled start to the first token's text, in ns; nil where there was none.
    public var timeToFirstToken: LatencySummary?

    /// The figures of a record.
    public init(_ streams: StreamRecord) {
        marked = streams.marked
        unmarked = streams.unmarked
        cancelled = streams.cancelled
        gap = LatencySummary(streams.gap)
        events = NumberSummary(streams.events)
        tokens = streams.tokens.flatMap(NumberSummary.init)
        tokenRate = streams.tokenRate.flatMap(NumberSummary.init)
        timeToFirstToken = streams.timeToFirstToken.flatMap(LatencySummary.init)
    }
}

/// What the connections of one scenario did.
public struct ScenarioSummary: Codable, Equatable, Sendable {
    /// The scenario's name.
    public var name: String
    /// Connections by fate; how many were open at once is counted for the whole run only.
    public var connections: ConnectionCounts
    /// The latencies that were measured, in ns.
    public var latency: LatencySummaries
    /// What the heartbeats did.
    public var heartbeat: HeartbeatSummary
    /// Events received.
    public var events: UInt64
    /// Errors by name.
    public var errors: [String: UInt64]
    /// What its streams brought, where they were followed to their end; nil where they were not.
    public var streams: StreamSummary?
    /// What became of its slow readers; nil where there are none.
    public var slowReaders: SlowReaderSummary?

    /// The figures of one scenario's record.
    ///
    /// - Parameter expected: what was expected of heartbeats; nil where nothing was.
    public init(_ scenario: ScenarioRecord, expected: HeartbeatExpectation?) {
        name = scenario.name
        connections = scenario.load.connections
        latency = LatencySummaries(scenario.load)
        heartbeat = HeartbeatSummary(scenario.load.heartbeat, expected: expected)
        events = scenario.load.events
        errors = scenario.load.errors
        streams = scenario.load.streams.map(StreamSummary.init)
        slowReaders = scenario.load.slowReaders.map(SlowReaderSummary.init)
    }
}

/// What became of streams that were read slowly, or not at all.
public struct SlowReaderSummary: Codable, Equatable, Sendable {
    /// Streams that were opened.
    public var streams: UInt64
    /// Streams that the server ended.
    public var ended: UInt64
    /// For how long these had been open, in ns, as far as their end was seen as it came; nil where none was.
    public var endedAfter: LatencySummary?

    /// The figures of a record.
    public init(_ record: SlowReaderRecord) {
        streams = record.streams
        ended = record.ended
        endedAfter = LatencySummary(record.endedAfter)
    }
}

/// What became of one publisher's messages.
public struct DeliverySummary: Codable, Equatable, Sendable {
    /// What the streams of one scenario got.
    public struct Part: Codable, Equatable, Sendable {
        /// The scenario's name.
        public var scenario: String
        /// What came of the messages at its streams.
        public var counts: DeliveryCounts
        /// From a message's scheduled moment to its arrival, in ns; nil where none came.
        public var latency: LatencySummary?
    }

    /// The publisher's name.
    public var publisher: String
    /// Messages whose moment came.
    public var scheduled: UInt64
    /// Messages whose request was sent.
    public var sent: UInt64
    /// Messages that the server took.
    public var accepted: UInt64
    /// Messages that it did not take.
    public var failed: UInt64
    /// Why it did not, by the error's name.
    public var errors: [String: UInt64]
    /// Messages that were sent later than their moment.
    public var late: UInt64
    /// Messages that streams had to get.
    public var owed: UInt64
    /// Messages received, each once a stream.
    public var received: UInt64
    /// Messages that did not come though they were owed.
    public var lost: UInt64
    /// Streams that lost any.
    public var losers: UInt64
    /// Lost messages that were under way when their stream began.
    public var lostAtStart: UInt64
    /// Messages that came again on the same stream.
    public var duplicated: UInt64
    /// Messages that came after later ones.
    public var outOfOrder: UInt64
    /// Messages that came after they had been given up.
    public var stale: UInt64
    /// Messages that were out before their stream began.
    public var replayed: UInt64
    /// Messages that could not be judged any more.
    public var unjudged: UInt64
    /// Streams that the messages were awaited on.
    public var streams: UInt64
    /// From a message's scheduled moment to its arrival at a stream, in ns; nil where none came.
    public var latency: LatencySummary?
    /// From a message's scheduled moment to the answer of success, in ns; nil where there was none.
    public var answer: LatencySummary?
    /// From a message's first delivery to its last, in ns; nil where none came.
    public var spread: LatencySummary?
    /// What each scenario's streams got; none where there is only one scenario.
    public var scenarios: [Part]

    /// The figures of a publisher's messages.
    public init(_ delivery: DeliveryRecord, in load: LoadRecord) {
        let publishing = delivery.publishing ?? PublishingCounts()
        publisher = delivery.publisher
        scheduled = publishing.scheduled
        sent = publishing.sent
        accepted = publishing.accepted
        failed = publishing.failed
        errors = publishing.errors
        late = publishing.late
        owed = delivery.counts.owed
        received = delivery.counts.received
        lost = delivery.counts.lost
        losers = delivery.counts.losers
        lostAtStart = delivery.counts.lostAtStart
        duplicated = delivery.counts.duplicated
        outOfOrder = delivery.counts.outOfOrder
        stale = delivery.counts.stale
        replayed = delivery.counts.replayed
        unjudged = delivery.counts.unjudged
        streams = delivery.counts.streams
        latency = LatencySummary(delivery.latency)
        answer = LatencySummary(publishing.answer)
        spread = LatencySummary(publishing.spread)
        scenarios = (load.scenarios ?? []).compactMap { scenario in
            let part = scenario.load.deliveries?.first { $0.publisher == delivery.publisher }
            return part.map {
                Part(scenario: scenario.name, counts: $0.counts, latency: LatencySummary($0.latency))
            }
        }
    }
}

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
