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
    /// How the errors looked, name by name; nil where there were none, and in records of older versions.
    public var errorFaces: ErrorFaces?
    /// What became of stalled connections, stage by stage; nil where none stalled, and in records of older versions.
    public var stalls: [StallRecord]?
    /// When nothing was left but stalled connections; nil where none were to stall, and in records of older versions.
    public var stallHold: StallHold?
    /// What ordinary requests beside the load saw; nil where none were made, and in records of older versions.
    public var bystanders: [BystanderRecord]?
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
    /// Reads whose moment the kernel did not tell; nil in records of older versions.
    public var unstampedReads: UInt64?
    /// By how much the moments that the kernel told may be wrong, one span a turn, in ns.
    ///
    /// It is the time between the looks at the two clocks by which they are converted. Nil where the kernel told none, and
    /// in records of older versions.
    public var stampError: LatencyHistogram?
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
    /// What streams brought that were followed to their end; nil where none were, and in records of older versions.
    public var streams: StreamRecord?
    /// What became of slow readers; nil where there were none, and in records of older versions.
    public var slowReaders: SlowReaderRecord?
    /// What healthy streams saw before and beside slow readers; nil where there were none of either.
    public var slowNeighbours: SlowNeighbourRecord?
    /// When streams fell silent that never were so before; nil where none did, and in records of older versions.
    public var silences: [CommonSilence]?
    /// How late events came by the server's own clock; nil where it was not looked at.
    public var serverClock: ServerClockRecord?
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
        errorFaces.merge(other.errorFaces)
        if let others = other.stalls { stalls = StallRecord.merged(stalls ?? [], others) }
        stallHold.merge(other.stallHold)
        bystanders.merge(other.bystanders) { $0.name == $1.name }
        latency.merge(other.latency)
        heartbeat.merge(other.heartbeat)
        events.saturatingAdd(other.events)
        comments.saturatingAdd(other.comments)
        bytesReceived.saturatingAdd(other.bytesReceived)
        stampedReads.saturatingAdd(other.stampedReads)
        unstampedReads.saturatingAdd(other.unstampedReads)
        stampError.merge(other.stampError)
        lateArrivals.saturatingAdd(other.lateArrivals)
        resumedHandshakes.saturatingAdd(other.resumedHandshakes)
        reconnect.merge(other.reconnect)
        dropDelays.merge(other.dropDelays)
        if let deaths = other.workerDeaths { workerDeaths = (workerDeaths ?? []) + deaths }
        deliveries.merge(other.deliveries) { $0.publisher == $1.publisher }
        scenarios.merge(other.scenarios) { $0.name == $1.name }
        streams.merge(other.streams)
        slowReaders.merge(other.slowReaders)
        slowNeighbours.merge(other.slowNeighbours)
        if let others = other.silences { silences = CommonSilence.merged(silences ?? [], others) }
        serverClock.merge(other.serverClock)
        loopLag.merge(other.loopLag)
    }
}

extension LoadRecord {
    /// Takes memory of its own for the histograms that every read of a stream may record in.
    ///
    /// Whoever was copied from then records on without allocating.
    package mutating func detach() {
        latency.detach()
        heartbeat.interval.detach()
        heartbeat.quietLives?.detach()
        dropDelays?.detach()
        loopLag.detach()
        errorFaces?.detach()
        stampError?.detach()
        streams?.gap.detach()
        streams?.timeToFirstToken?.detach()
        for index in (scenarios ?? []).indices { scenarios?[index].load.detach() }
    }
}

/// Connections by fate.
public struct ConnectionCounts: Codable, Equatable, Sendable {
    /// Connections started.
    public var attempted: UInt64 = 0
    /// Streams whose response head came and was that of an event stream.
    public var established: UInt64 = 0
    /// Connections that ended in an error, at any point.
    public var failed: UInt64 = 0
    /// Deliberate drops made, at their stage or of all streams at once.
    public var dropped: UInt64 = 0
    /// Streams held for their whole time.
    public var completed: UInt64 = 0
    /// Streams that the server ended in good order before their time.
    public var ended: UInt64 = 0
    /// The most streams open at once.
    public var peak: UInt64 = 0

    /// No connections.
    public init() {}

    /// Adds another's counts.
    ///
    /// Peaks add up, as workers run side by side: the sum is an upper bound. No count can overflow.
    public mutating func merge(_ other: ConnectionCounts) {
        attempted.saturatingAdd(other.attempted)
        established.saturatingAdd(other.established)
        failed.saturatingAdd(other.failed)
        dropped.saturatingAdd(other.dropped)
        completed.saturatingAdd(other.completed)
        ended.saturatingAdd(other.ended)
        peak.saturatingAdd(other.peak)
    }
}

/// What the connections of one scenario did.
public struct ScenarioRecord: Codable, Equatable, Mergeable, Sendable {
    /// The scenario's name.
    public var name: String
    /// What its connections did: what is counted for each connection; stages, drops and the event loops' lag are not.
    public var load: LoadRecord

    /// A record from its parts.
    public init(name: String, load: LoadRecord) {
        self.name = name
        self.load = load
    }

    /// Adds what the same scenario's connections did in another worker, or another run.
    mutating func merge(_ other: ScenarioRecord) { load.merge(other.load) }
}

/// A worker that could not go on, and with it the load.
public struct WorkerDeath: Codable, Equatable, Sendable {
    /// The worker's number, from 0.
    public var worker: Int
    /// What it failed at: `EBADF (Bad file descriptor)`.
    public var reason: String
    /// When, in seconds since the load's start.
    public var time: Double

    /// A death from its parts.
    public init(worker: Int, reason: String, time: Double) {
        self.worker = worker
        self.reason = reason
        self.time = time
    }
}
