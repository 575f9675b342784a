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
    ///   - look: called again and again while the load lasts.
    /// - Throws: ``RunError/machine(_:)`` where the machine gives no loop or no thread.
    func carryOut(
        _ scenarios: [LoadScenario],
        saying what: @autoclosure () -> String = "load",
        settings: LoadSettings? = nil,
        workers: Int? = nil,
        publishers: [LoadPublisher] = [],
        look: (LoadGenerator) -> Void = { _ in }
    ) throws(RunError) -> LoadRecord {
        var settings = settings ?? LoadSettings(heartbeat: profile.heartbeat, limits: profile.limits)
        settings.restart = plannedRestart
        let generator: LoadGenerator
        let job: LoadJob
        let begun = now
        do {
            generator = try LoadGenerator(
                scenarios: scenarios,
                workerCount: workers ?? workerCount,
                settings: settings,
                publishers: publishers
            )
            job = try LoadJob(generator)
        } catch {
            throw .machine("the load cannot start: \(error)")
        }
        // The watch outlives every load: it must not keep the descriptors of those that are over.
        interrupts.onInterrupt { [weak generator] in generator?.stop() }
        series.begin()
        let planned = scenarios.reduce(0) { $0 + $1.plan.count }
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
                show(Self.line(what(), generator.progress, planned))
            }
        }
        look(generator)
        series.sample(generator.progress)
        series.rest()
        do {
            let load = try job.result()
            lastDrops = (load.lastDrops ?? []).map {
                DropMoment(stage: $0.stage, manner: $0.manner, time: begun + $0.time)
            }
            return load
        } catch {
            throw .machine("the load could not go on: \(error)")
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

    private static func line(_ what: String, _ progress: LoadProgress, _ planned: Int) -> String {
        let attempted = progress.attempted.load(ordering: .relaxed)
        return [
            "\(what): \(NumberText.grouped(attempted)) of \(NumberText.grouped(planned)) started",
            "\(NumberText.grouped(progress.open.load(ordering: .relaxed))) open",
            "\(NumberText.grouped(progress.dropped.load(ordering: .relaxed))) dropped",
            "\(NumberText.grouped(progress.failed.load(ordering: .relaxed))) failed",
            "\(NumberText.grouped(progress.events.load(ordering: .relaxed))) events",
        ].joined(separator: " · ")
    }
}
