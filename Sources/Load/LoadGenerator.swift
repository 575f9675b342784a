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
    private let publishing: Publishing

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
        publishing = try Publishing(publishers, scenarios: scenarios.map(\.plan.scenario.name))
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
