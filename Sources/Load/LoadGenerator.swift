import EventLoop
import Record
import RunProfile
import Synchronization
import Vocabulary

/// Carries out a plan: starts the workers, waits for them, and adds up what they recorded.
public final class LoadGenerator: Sendable {
    /// The counts while the load lasts.
    public let progress = LoadProgress()
    let workers: [Worker]
    private let levels: LevelCollector
    private let publishing: PublisherThreads

    /// A generator whose workers have their loops, but have started nothing.
    ///
    /// - Parameters:
    ///   - scenarios: what to do and where.
    ///   - workerCount: threads, at least 1.
    ///   - settings: what holds for all connections.
    ///   - publishers: who publishes meanwhile, at most ``MessageStamp/publishers``.
    /// - Throws: `EMFILE` and the like where the kernel gives no event loop.
    public init(
        scenarios: [LoadScenario],
        workerCount: Int,
        settings: LoadSettings,
        publishers: [LoadPublisher] = []
    ) throws(SystemError) {
        precondition(workerCount > 0)
        var workers: [Worker] = []
        levels = LevelCollector(workers: workerCount)
        publishing = try PublisherThreads(publishers, scenarios: scenarios.map(\.plan.scenario.name))
        for shard in 0..<workerCount {
            workers.append(
                try Worker(
                    scenarios: scenarios,
                    shard: shard,
                    shardCount: workerCount,
                    settings: settings,
                    progress: progress,
                    levels: levels,
                    messages: publishing.messages
                )
            )
        }
        self.workers = workers
    }

    /// Runs the whole load; blocks until the last connection has ended.
    ///
    /// - Returns: what all workers recorded, up to the moment at which one of them died.
    /// - Throws: `EAGAIN` where the system has no thread left.
    public func run() throws(SystemError) -> LoadRecord {
        let start = MonotonicClock.now()
        var threads: [OperatingSystemThread] = []
        var publishers: [OperatingSystemThread] = []
        do throws(SystemError) {
            try publishing.start(at: start, &publishers)
            for (index, worker) in workers.enumerated() {
                threads.append(
                    try OperatingSystemThread(name: "load-\(index)") { [self] in
                        worker.run(from: start)
                        // A share that is missing would make every figure one of another load.
                        if worker.own.workerDeaths != nil { stop() }
                    }
                )
            }
        } catch {
            stop()
            publishing.stop()
            for thread in threads + publishers { thread.join() }
            throw error
        }
        for thread in threads { thread.join() }
        publishing.stop()
        for thread in publishers { thread.join() }
        var record = levels.total()
        if !publishers.isEmpty { record.deliveries = publishing.records }
        for worker in workers { record.merge(worker.record) }
        record.connections.peak = UInt64(progress.peak.load(ordering: .relaxed))
        return record
    }

    /// The next level of a climb that every worker has ended, each once; nil where there is none yet.
    ///
    /// To be asked often, as levels that nobody takes stay in memory until the load's end.
    public func takeLevel() -> LevelRecord? { levels.take() }

    /// Asks every worker for a copy of its record, which each gives at its next turn; from any thread.
    public func requestSnapshot() {
        progress.snapshots.add(1, ordering: .relaxed)
        for worker in workers { worker.loop.wake() }
    }

    /// What the workers had recorded when they last gave a copy, added up; empty where none was asked for.
    public func snapshot() -> LoadRecord {
        var record = levels.snapshot()
        record.connections.peak = UInt64(progress.peak.load(ordering: .relaxed))
        return record
    }

    /// Ends the load with every held stream closed in good order, as if its time were over; from any thread.
    public func complete() {
        progress.isComplete.store(true, ordering: .relaxed)
        stop()
    }

    /// Starts no further connection; the load ends once those that are open have ended by themselves; from any thread.
    public func close() {
        progress.isClosed.store(true, ordering: .relaxed)
        for worker in workers { worker.loop.wake() }
    }

    /// Ends the load as soon as possible: every connection is closed; from any thread.
    public func stop() {
        progress.isStopped.store(true, ordering: .relaxed)
        for worker in workers { worker.loop.wake() }
    }
}

/// A scenario's plan and where its connections go.
public struct LoadScenario: Sendable {
    /// What its connections do.
    public let plan: ScenarioPlan
    /// Where they go.
    public let endpoint: Endpoint

    /// A scenario from its parts.
    public init(plan: ScenarioPlan, endpoint: Endpoint) {
        self.plan = plan
        self.endpoint = endpoint
    }
}

/// What holds for all connections of a load.
public struct LoadSettings: Sendable {
    /// What is expected of heartbeats; nil where nothing is.
    public var heartbeat: HeartbeatOptions?
    /// What one connection may cost.
    public var limits: LimitOptions
    /// After how long without a byte a stream counts as quiet, in ns.
    public var quietAfter: Nanoseconds
    /// When each level of a climb ends, in ns from the start, in rising order; empty where there are none.
    public var levelEnds: [Nanoseconds] = []
    /// Whether events carry the moment at which they were published (``SendMoment``), to be measured by.
    public var measuresEvents = false

    /// Whether the server is being restarted; nil where it never is.
    public var restart: PlannedRestart?
    /// For how long some of the connections that stall before their request is sent are watched, in ns; nil for no
    /// longer than their scenario says.
    public var stallLook: Nanoseconds?
    /// Whether the time from each stage to its drop is measured.
    public var timesDrops = false

    /// Settings of a profile.
    public init(heartbeat: HeartbeatOptions?, limits: LimitOptions) {
        self.heartbeat = heartbeat
        self.limits = limits
        quietAfter = heartbeat?.longestInterval ?? Self.quietWithoutHeartbeat
    }

    /// After how long without a byte a stream counts as quiet where no heartbeat is expected.
    public static let quietWithoutHeartbeat: Nanoseconds = 500 * .perMillisecond
}

/// Says whether the server is being restarted on purpose: streams that it ends meanwhile were not ended for their silence.
public final class PlannedRestart: Sendable {
    private let count = Atomic<Int>(0)

    /// None goes on.
    public init() {}

    /// Whether one goes on.
    public var goesOn: Bool { count.load(ordering: .relaxed) > 0 }

    /// One begins; from any thread.
    public func begin() { count.add(1, ordering: .relaxed) }

    /// One is over; from any thread.
    public func end() { count.subtract(1, ordering: .relaxed) }
}

/// The counts of a load while it lasts, readable from any thread; workers add to them once a turn.
public final class LoadProgress: Sendable {
    /// Streams open at this moment.
    public let open = Atomic<Int>(0)
    /// The most streams open at once.
    public let peak = Atomic<Int>(0)
    /// Connections started.
    public let attempted = Atomic<Int>(0)
    /// Connections that ended in an error.
    public let failed = Atomic<Int>(0)
    /// Deliberate drops.
    public let dropped = Atomic<Int>(0)
    /// Events received.
    public let events = Atomic<Int>(0)
    /// Whether the load shall end now.
    public let isStopped = Atomic<Bool>(false)
    /// Whether no further connection is to start; those that are open go on.
    let isClosed = Atomic<Bool>(false)
    /// Whether held streams count as held for their whole time when the load is stopped.
    let isComplete = Atomic<Bool>(false)

    /// How often a snapshot of the workers' records has been asked for.
    let snapshots = Atomic<Int>(0)

    /// Nothing yet.
    public init() {}

    /// Counts a stream that has opened.
    func streamOpened() {
        let now = open.add(1, ordering: .relaxed).newValue
        peak.max(now, ordering: .relaxed)
    }

    /// Counts a stream that has closed.
    func streamClosed() {
        open.subtract(1, ordering: .relaxed)
    }
}
