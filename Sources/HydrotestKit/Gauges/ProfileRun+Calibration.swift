import EventLoop
import Load
import Probe
import Record
import RunProfile
import Synchronization
import Verdict
import Vocabulary

/// The calibration: before a gauge is believed, some streams are opened and ended in good order, and it must show them.
extension ProfileRun {
    typealias Limits = CalibrationWave.Limits

    /// What the run knows of its gauges until now.
    func proof(_ watch: GaugeWatch) -> GaugeProof {
        var soFar = record
        soFar.gauges = watch.records
        return GaugeProof(soFar, inactivity: inactivityTimeout?.timeout)
    }

    /// How long after the last connection, or the last drop, the gauges are read, in ns: the settle time, and the lag.
    var settleTime: Nanoseconds { profile.leak.settle + patience }

    /// Finds out what every gauge sees.
    ///
    /// - Throws: ``RunError/machine(_:)`` where the machine gives no loop or no thread.
    func calibrate(_ watch: GaugeWatch, _ scenarios: [LoadScenario]) throws(RunError) {
        guard !watch.records.isEmpty, !isOver else { return }
        guard profile.leak.calibrate else {
            record.calibration = CalibrationRecord(asked: 0)
            record.calibration?.isOff = true
            return
        }
        watch.sampler.readAfresh(true)
        defer { watch.sampler.readAfresh(false) }
        var responses = Self.responses(watch, quiet: quietReadings(watch))
        let noise = watch.records.filter { $0.unit == .count }.compactMap { responses[$0.seriesName]?.noise }.max() ?? 0
        // What the server keeps of them is missing in the load: where the kernel alone is asked, few are enough.
        let least = watch.records.allSatisfy { $0.isOfProcess == true } ? Limits.fewStreams : Limits.streams
        let wanted = min(Limits.mostStreams, max(least, Int(Limits.timesNoise * noise)))
        let wave = CalibrationWave(of: scenarios, count: wanted, seed: profile.seed)
        record.calibration = CalibrationRecord(asked: UInt64(wave.count))
        calibrated = wave.scenarios
        record.calibration?.scenarios = scenarios.filter { own in calibrated.contains { $0.isSameEndpoint(as: own) } }
            .map(\.plan.scenario.name)
        try carryOut(wave, &responses, watch)
        watch.note(responses)
        // Did what has not gone stay for good, is it swept away later, or does it only count up?
        var startsAtFall = false
        while !isOver, record.calibration?.waves.count ?? 0 < Limits.waves,
            GaugeWait(watch.records).needsAnotherWave(
                responses,
                after: record.calibration?.waves.count ?? 0,
                startedAtFall: startsAtFall
            )
        {
            startsAtFall = watch.records.allSatisfy {
                responses[$0.seriesName]?.hasReturned ?? true || $0.unit != .count
            }
            try carryOut(wave, &responses, watch, isLast: true)
            watch.note(responses)
        }
        patience = Nanoseconds(seconds: proof(watch).patience)
        watch.calibrated(proof(watch))
    }

    /// Opens one wave, looks, ends it in good order, and looks until the gauges show that.
    ///
    /// - Parameter isLast: whether no other wave follows, so that it is worth waiting for a sweep.
    func carryOut(
        _ wave: CalibrationWave,
        _ responses: inout [String: GaugeResponse],
        _ watch: GaugeWatch,
        isLast: Bool = false
    ) throws(RunError) {
        let begun = now
        for name in responses.keys { responses[name]?.open(at: begun) }
        let (generator, job) = try start(wave)
        let progress = generator.progress
        series.begin()
        defer { series.rest() }
        let awaited = GaugeWait(watch.records)
        var stood: Nanoseconds?
        let deadline = MonotonicClock.now() + Limits.opening
        var firstEvents = deadline
        var streams = 0
        while !isOver, !job.isDone {
            look(&responses, watch, progress)
            let clock = MonotonicClock.now()
            let open = progress.open.load(ordering: .relaxed)
            streams = max(streams, open)
            if let stood {
                if clock >= stood + Limits.hold, awaited.haveRisen(responses, after: clock - stood, at: longestLag) {
                    break
                }
            } else {
                let all = open + progress.failed.load(ordering: .relaxed) >= wave.count
                if all, firstEvents == deadline { firstEvents = min(deadline, clock + Limits.firstEvents) }
                if clock >= firstEvents || (all && progress.events.load(ordering: .relaxed) >= open)
                    || clock >= deadline
                {
                    stood = clock
                    for name in responses.keys { responses[name]?.stand(streams, at: now) }
                }
            }
        }
        let opened = stood.map { ($0 - startedAt).inSeconds } ?? now
        if stood == nil { for name in responses.keys { responses[name]?.stand(streams, at: opened) } }
        if wave.endsItself {
            generator.close()
            let end = MonotonicClock.now() + Limits.ownEnd
            while !isOver, !job.isDone, MonotonicClock.now() < end { look(&responses, watch, progress) }
        }
        let isCalm = progress.attempted.load(ordering: .relaxed) <= wave.count
        generator.complete()
        while !job.isDone { job.wait(until: MonotonicClock.now() + Limits.look) }
        let load: LoadRecord
        do {
            load = try job.result()
        } catch {
            throw .machine("the calibration could not go on: \(error.advice)")
        }
        for name in responses.keys { responses[name]?.close(at: now, isCalm: isCalm) }
        record.calibration?.waves.append(.init(streams: UInt64(streams), start: begun, opened: opened, ended: now))
        record.calibration?.errors.merge(load.errors) { $0 + $1 }
        series.rest()
        awaitReturn(&responses, watch, awaited, isLast: isLast)
    }

    private func awaitReturn(
        _ responses: inout [String: GaugeResponse],
        _ watch: GaugeWatch,
        _ awaited: GaugeWait,
        isLast: Bool
    ) {
        let ended = MonotonicClock.now()
        // A timer that is known, and soon due, is waited for.
        let timer = profile.leak.inactivity.map { $0 <= Limits.soon ? $0 + Limits.timerMargin : 0 } ?? 0
        let short = ended + max(Limits.ending, profile.leak.settle, timer)
        let long = ended + max(isHasty ? 0 : Limits.sweep, profile.leak.settle)
        while !isOver {
            look(&responses, watch, nil)
            let clock = MonotonicClock.now()
            if awaited.haveReturned(responses) { break }
            // A document that showed the opening late shows the end late as well.
            let isLate = awaited.slowest(responses) > GaugeProof.shortLag
            let end = isLate ? ended + longestLag : isLast ? long : short
            if clock >= end || (clock >= short && awaited.haveReturned(responses, butFor: .process)) { break }
        }
    }

    /// How long a probe is waited for of which nothing moves, in ns.
    private var longestLag: Nanoseconds { isHasty ? Limits.hastyLag : Limits.longestLag }

    private func start(_ wave: CalibrationWave) throws(RunError) -> (LoadGenerator, LoadJob) {
        do {
            let settings = LoadSettings(heartbeat: nil, limits: profile.limits)
            let generator = try LoadGenerator(scenarios: wave.scenarios, workerCount: 1, settings: settings)
            let job = try LoadJob(generator)
            interrupts.onInterrupt { [weak generator] in generator?.stop() }
            return (generator, job)
        } catch {
            throw .machine("the calibration cannot start: \(error.advice)")
        }
    }

    /// Reads every gauge once, and waits until the next look is due.
    private func look(_ responses: inout [String: GaugeResponse], _ watch: GaugeWatch, _ progress: LoadProgress?) {
        let due = MonotonicClock.now() + Limits.look
        show("calibration: do the gauges see streams?")
        keepJournal()
        for sample in watch.sampler.sampleNow() {
            if let value = sample.value { responses[sample.seriesName]?.note(value, at: sample.time) }
        }
        if let progress { series.sample(progress) }
        wait(until: due, saying: "calibration") { false }
    }

    /// What the gauges showed before the first stream.
    private func quietReadings(_ watch: GaugeWatch) -> [String: [Double]] {
        var readings = watch.series.mapValues(\.v)
        for _ in 0..<Limits.quietLooks where !isOver {
            let due = MonotonicClock.now() + Limits.look
            for sample in watch.sampler.sampleNow() {
                if let value = sample.value { readings[sample.seriesName, default: []].append(value) }
            }
            wait(until: due, saying: "calibration") { false }
        }
        return readings
    }

    static func responses(_ watch: GaugeWatch, quiet: [String: [Double]]) -> [String: GaugeResponse] {
        Dictionary(
            watch.records.compactMap { gauge in
                quiet[gauge.seriesName].flatMap(GaugeResponse.init(quiet:)).map { (gauge.seriesName, $0) }
            }
        ) { first, _ in first }
    }
}
