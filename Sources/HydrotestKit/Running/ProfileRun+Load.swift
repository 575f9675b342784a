import EventLoop
import Glibc
import Load
import Record
import RunProfile
import Synchronization
import Vocabulary

extension ProfileRun {
    /// Carries out a plan and samples its figures meanwhile.
    ///
    /// - Throws: ``RunError/machine(_:)`` where the machine gives no loop or no thread.
    func carryOut(_ scenarios: [LoadScenario], saying what: String = "load") throws(RunError) -> LoadRecord {
        let settings = LoadSettings(heartbeat: profile.heartbeat, limits: profile.limits)
        let generator: LoadGenerator
        let job: LoadJob
        let begun = now
        do {
            generator = try LoadGenerator(scenarios: scenarios, workerCount: options.workers, settings: settings)
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
            usleep(UInt32(Self.lookEvery / .perMicrosecond))
            if MonotonicClock.now() >= nextSample {
                series.sample(generator.progress)
                nextSample += series.period
                show(Self.line(what, generator.progress, planned))
            }
        }
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
