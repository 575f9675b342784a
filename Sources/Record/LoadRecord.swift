import Vocabulary

/// What a worker's connections did; workers' records are merged into the run's.
public struct LoadRecord: Codable, Equatable, Sendable {
    /// Connections by fate.
    public var connections = ConnectionCounts()
    /// How many connections reached each stage.
    public var stages: [Stage: UInt64] = [:]
    /// The drops made, by stage and manner.
    public var drops: [DropCount] = []
    /// The last drops made, in their order; nil in records of older versions.
    public var lastDrops: [DropMoment]?
    /// Errors by name (`ECONNREFUSED`, `HTTP_404`, `TLS_CERT_HAS_EXPIRED`, `LIMIT_HEADER_BYTES`).
    public var errors: [String: UInt64] = [:]
    /// Latencies by what they measure.
    public var latency = LatencyRecord()
    /// What the heartbeats did.
    public var heartbeat = HeartbeatRecord()
    /// Events received.
    public var events: UInt64 = 0
    /// Comment lines received.
    public var comments: UInt64 = 0
    /// Bytes received, after TLS and before any decoding.
    public var bytesReceived: UInt64 = 0
    /// Reads whose moment the kernel told (SO_TIMESTAMPNS).
    public var stampedReads: UInt64 = 0
    /// Connections that started later than a tolerance after their scheduled moment.
    public var lateArrivals: UInt64 = 0
    /// TLS handshakes that resumed a session; nil where no connection tried to, and in records of older versions.
    public var resumedHandshakes: UInt64?
    /// The times from reaching a stage to the drop's system call; nil where they were not measured.
    public var dropDelays: LatencyHistogram?
    /// The workers that could not go on; nil where all did.
    public var workerDeaths: [WorkerDeath]?
    /// What became of published messages, one for each publisher; nil where none was watched, and in records of older
    /// versions.
    public var deliveries: [DeliveryRecord]?
    /// What each scenario's connections did; nil where there is only one, and in records of older versions.
    public var scenarios: [ScenarioRecord]?
    /// How closed streams came back; nil where none was to, and in records of older versions.
    public var reconnect: ReconnectRecord?
    /// By how much the event loops woke after the moment they had asked for, in ns.
    public var loopLag = LatencyHistogram()

    /// A record of nothing.
    public init() {}

    /// Adds what another worker, or another run, recorded.
    public mutating func merge(_ other: LoadRecord) {
        connections.merge(other.connections)
        stages.merge(other.stages) { $0.saturatingAdding($1) }
        drops = DropCount.merged(drops, other.drops)
        if let last = other.lastDrops { lastDrops = DropMoment.merged(lastDrops ?? [], last) }
        errors.merge(other.errors) { $0.saturatingAdding($1) }
        latency.merge(other.latency)
        heartbeat.merge(other.heartbeat)
        events.saturatingAdd(other.events)
        comments.saturatingAdd(other.comments)
        bytesReceived.saturatingAdd(other.bytesReceived)
        stampedReads.saturatingAdd(other.stampedReads)
        lateArrivals.saturatingAdd(other.lateArrivals)
        if let count = other.resumedHandshakes { resumedHandshakes = (resumedHandshakes ?? 0).saturatingAdding(count) }
        if let other = other.reconnect { if reconnect == nil { reconnect = other } else { reconnect?.merge(other) } }
        if let delays = other.dropDelays {
            var sum = dropDelays ?? LatencyHistogram()
            sum.merge(delays)
            dropDelays = sum
        }
        if let deaths = other.workerDeaths { workerDeaths = (workerDeaths ?? []) + deaths }
        if let others = other.deliveries { deliveries = DeliveryRecord.merged(deliveries ?? [], others) }
        if let others = other.scenarios { scenarios = ScenarioRecord.merged(scenarios ?? [], others) }
        loopLag.merge(other.loopLag)
    }
}
