import EventLoop
import Foundation
import Glibc
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

/// A load that runs on threads of its own while the controller looks on.
final class LoadJob: Sendable {
    private let done = Atomic<Bool>(false)
    private let outcome = Locked<Result<LoadRecord, SystemError>?>(nil)
    private let thread = Locked<OperatingSystemThread?>(nil)
    private let loop: EventLoop

    /// Starts the load.
    ///
    /// - Throws: `EAGAIN` where the system has no thread left, `EMFILE` where it has no descriptor.
    init(_ generator: LoadGenerator) throws(SystemError) {
        loop = try EventLoop()
        let started = try OperatingSystemThread(name: "load") { [self] in
            let result: Result<LoadRecord, SystemError>
            do throws(SystemError) {
                result = .success(try generator.run())
            } catch {
                result = .failure(error)
            }
            outcome.withLock { $0 = result }
            done.store(true, ordering: .releasing)
            loop.wake()
        }
        thread.withLock { $0 = started }
    }

    /// Whether the load has ended.
    var isDone: Bool { done.load(ordering: .acquiring) }

    /// Waits for the load's end, on the thread that looks on; in ns of the monotonic clock.
    func wait(until moment: Nanoseconds) {
        do {
            try loop.turn(until: moment) { _ in }
        } catch {
            // Looking too early harms nothing.
            usleep(UInt32(ProfileRun.lookEvery / .perMicrosecond))
        }
    }

    /// What it came to; to be asked once, when it has ended.
    ///
    /// - Throws: what kept the load from running.
    func result() throws(SystemError) -> LoadRecord {
        guard let result = outcome.withLock({ $0 }) else { preconditionFailure("the load has not ended") }
        // Without it, the thread's stack would stay.
        thread.withLock { $0.take() }?.join()
        return try result.get()
    }
}

/// How many threads carry a load where nobody says: one a core, as far as each has enough to do.
///
/// Every further loop wakes by itself, so that two which are mostly idle cost more than one. The costs are rounded up
/// from the project's own benchmark; they only have to be of the right order.
struct WorkerCount {
    /// What it costs to open a plain stream, in seconds of processor time.
    static let plainOpening = 60e-6
    /// What it costs to open a TLS stream, in seconds of processor time.
    static let tlsOpening = 500e-6
    /// What a stream costs that receives an event or a beat a second, in seconds of processor time a second.
    static let holding = 10e-6
    /// How busy a worker may be before another shares its work.
    static let mostBusy = 0.5

    /// Seconds of processor time that the load takes in its busiest second.
    private(set) var busy = 0.0

    /// Adds a scenario.
    ///
    /// - Parameters:
    ///   - connections: how many it has at once.
    ///   - rate: how many it starts in its busiest second.
    mutating func add(connections: Int, rate: Double, isTLS: Bool) {
        busy += Double(connections) * Self.holding + rate * (isTLS ? Self.tlsOpening : Self.plainOpening)
    }

    /// The workers for this machine.
    func workers(processors: Int) -> Int {
        let wanted = (busy / Self.mostBusy).rounded(.up)
        return wanted < Double(processors) ? max(1, Int(wanted)) : max(1, processors)
    }
}

extension GeneratorRecord {
    /// The loop lag at the 99th percentile past which latencies are not to be trusted, in ns.
    static let saturatedLag: Nanoseconds = 20 * .perMillisecond
    /// The share of late arrivals past which latencies are not to be trusted.
    static let saturatedLateShare = 0.01

    /// What this process took from the machine, and whether it kept up.
    static func measured(_ load: LoadRecord) -> GeneratorRecord {
        var generator = GeneratorRecord()
        var usage = rusage()
        if getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 {
            generator.cpuSeconds = seconds(usage.ru_utime) + seconds(usage.ru_stime)
            generator.peakResidentBytes = UInt64(usage.ru_maxrss) << 10
        }
        generator.saturation = saturation(of: load)
        return generator
    }

    /// Why a load's latencies are not to be trusted; empty where the generator kept up.
    static func saturation(of load: LoadRecord) -> [String] {
        var reasons: [String] = []
        if let lag = load.loopLag.value(atPercentile: 99), lag > saturatedLag {
            reasons.append("its event loop woke \(DurationText.format(lag)) late at the 99th percentile")
        }
        let lateShare = Double(load.lateArrivals) / Double(max(1, load.connections.attempted))
        if lateShare > saturatedLateShare {
            let percent = NumberText.threeDigits(lateShare * 100)
            reasons.append("\(percent)% of the connections started late")
        }
        if let reconnect = load.reconnect,
            Double(reconnect.late) / Double(max(1, reconnect.attempts)) > saturatedLateShare
        {
            let percent = NumberText.threeDigits(Double(reconnect.late) / Double(reconnect.attempts) * 100)
            reasons.append("\(percent)% of the streams that came back did so late")
        }
        return reasons
    }

    private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
}
