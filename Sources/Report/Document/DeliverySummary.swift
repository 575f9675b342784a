import Record

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
