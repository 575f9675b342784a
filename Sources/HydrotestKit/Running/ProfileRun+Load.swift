import EventLoop
import Foundation
import Load
import Record
import RunProfile
import Synchronization
import Vocabulary

extension ProfileRun {
    /// Carries out a plan and samples its figures meanwhile.
    ///
    /// - Parameters:
    ///   - settings: what holds for all connections; nil for what the profile says.
    ///   - workers: threads that carry it; nil for as many as the whole profile's load is worth.
    ///   - publishers: who publishes meanwhile.
    ///   - bystanders: who is asked meanwhile; nil for nobody.
    ///   - look: called again and again while the load lasts.
    /// - Throws: ``RunError/machine(_:)`` where the machine gives no loop or no thread.
    func carryOut(
        _ scenarios: [LoadScenario],
        saying what: @autoclosure () -> String = "",
        settings: LoadSettings? = nil,
        workers: Int? = nil,
        publishers: [LoadPublisher] = [],
        bystanders: BystanderWatch? = nil,
        look: (LoadGenerator) -> Void = { _ in }
    ) throws(RunError) -> LoadRecord {
        var settings = settings ?? LoadSettings(heartbeat: profile.heartbeat, limits: profile.limits)
        settings.restart = plannedRestart
        let generator: LoadGenerator
        let job: LoadJob
        let begun = now
        defer { bystanders?.end() }
        do {
            generator = try LoadGenerator(
                scenarios: scenarios,
                workerCount: workers ?? workerCount,
                settings: settings,
                publishers: publishers
            )
            job = try LoadJob(generator)
        } catch {
            throw .machine("the load cannot start: \(error.advice)")
        }
        if let bystanders { try begin(\.beside, of: bystanders, beside: generator.progress) }
        // The watch outlives every load: it must not keep the descriptors of those that are over.
        interrupts.onInterrupt { [weak generator] in generator?.stop() }
        series.begin()
        monitor.begin(load: generator.progress, planned: scenarios.reduce(0) { $0 + $1.plan.count })
        defer { monitor.endLoad() }
        show(what())
        var nextSample = MonotonicClock.now() + series.period
        while !job.isDone {
            if isOver { generator.stop() }
            // A climb's levels are judged as they end; a server's death ends any load.
            let pause = profile.capacity == nil ? LoadSeries.firstPeriod : Self.lookEvery
            job.wait(until: min(nextSample, MonotonicClock.now() + pause))
            look(generator)
            keepJournal(generator)
            if MonotonicClock.now() >= nextSample {
                series.sample(generator.progress)
                nextSample += series.period
                show(what())
            }
        }
        look(generator)
        series.sample(generator.progress)
        series.rest()
        do {
            var load = try job.result()
            bystanders?.end()
            if let bystanders, !bystanders.isEmpty { load.bystanders = bystanders.records }
            lastDrops = (load.lastDrops ?? []).map {
                DropMoment(stage: $0.stage, manner: $0.manner, time: begun + $0.time)
            }
            return load
        } catch {
            throw .machine("the load could not go on: \(error.advice)")
        }
    }

    /// The workers that were asked for, or as many as pay.
    var workerCount: Int {
        if let workers = options.workers { return workers }
        var count = WorkerCount()
        for scenario in profile.scenarios {
            let connections = Preflight.concurrency(scenario)
            count.add(
                connections: connections,
                rate: scenario.arrival.highestRate ?? Double(connections),
                isTLS: Preflight.usesTLS(scenario, profile)
            )
        }
        return count.workers(processors: ProcessInfo.processInfo.activeProcessorCount)
    }
}
