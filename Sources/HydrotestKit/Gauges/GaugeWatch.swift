import EventLoop
import Probe
import Record
import RunProfile
import Transport
import Verdict
import Vocabulary

/// What the probes of a run show, before the load, during it, and at each rung of the ladder.
final class GaugeWatch {
    /// What reads them.
    let sampler: Sampler
    private let startedAt: Nanoseconds
    /// The probes that read a process whose end is the server's death.
    private let processProbes: Set<String>
    /// Every gauge that a leak can be judged by, with its baseline and residuals.
    private(set) var records: [GaugeRecord]
    /// When the baseline ended, in seconds since the run's start.
    private var baselineEnd = 0.0
    /// What a residual must pass to be none of the gauge's noise, by series name.
    private var noise: [String: Double] = [:]
    /// How often a reading that failed is taken again.
    private static let readsAgain = 2
    /// What was read last, by series name.
    private var readBefore: Set<String> = []
    /// The gauges that no leak is judged by, by series name.
    private var unjudged: Set<String> = []

    /// Starts to read the profile's probes.
    ///
    /// - Throws: ``RunError/refused(_:)`` where a probe cannot be set up.
    init(
        profile: Profile,
        builder: EndpointBuilder,
        reference: ReferenceProcess?,
        startedAt: Nanoseconds
    ) throws(RunError) {
        self.startedAt = startedAt
        let mayRestart = profile.mayRestartServer
        // The end of a process that is to be restarted is no death.
        processProbes = mayRestart ? [] : Set(profile.probes.filter(\.isOfProcess).map(\.name))
        var probes: [Sampler.Probe] = []
        for options in profile.probes {
            let reader = try Self.reader(options, builder: builder, reference: reference, mayRestart: mayRestart)
            probes.append(Sampler.Probe(reader: reader, every: options.every))
        }
        do {
            sampler = try Sampler(probes, epoch: startedAt)
        } catch {
            throw .machine("the probes cannot start: \(error.advice)")
        }
        let ofProcess = Set(profile.probes.flatMap(\.gaugesOfProcess))
        let declared = Set(profile.probes.flatMap(\.declaredCounts))
        records = sampler.gaugeRecords().map { record in
            var record = record
            record.isOfProcess = ofProcess.contains(record.seriesName)
            if declared.contains(record.seriesName) { record.isDeclaredCount = true }
            return record
        }
    }

    /// Sets a probe up.
    ///
    /// - Throws: ``RunError`` where that fails.
    static func reader(
        _ options: ProbeOptions,
        builder: EndpointBuilder,
        reference: ReferenceProcess?,
        mayRestart: Bool
    ) throws(RunError) -> any GaugeReader {
        let timeout = options.timeout ?? Sampler.timeout(forPeriod: options.every)
        do {
            switch options.source {
            case .http, .prometheus: return try InstanceReaders(options, builder, timeout: timeout).reader()
            case .command(let words, let gauges):
                return try CommandGaugeReader(probe: options.name, words: words, gauges: gauges, timeout: timeout)
            case .inspector(let url, let gauges):
                return InspectorGaugeReader(probe: options.name, url: url, gauges: gauges, timeout: timeout)
            case .process(.pid(let pid), let gauges, let children):
                return try ProcessGaugeReader(probe: options.name, pid: pid, gauges: gauges, children: children)
            case .process(.port(let port), let gauges, let children):
                let find = { @Sendable () throws(ProcessProbeError) -> ProcessGaugeReader in
                    try ProcessGaugeReader(probe: options.name, port: port, gauges: gauges, children: children)
                }
                guard mayRestart else { return try find() }
                return FollowingGaugeReader(try find()) { try? find() }
            case .process(.reference, let gauges, let children):
                guard let reference else { preconditionFailure("a profile is checked before it is run") }
                let find = { @Sendable () throws(ProcessProbeError) -> ProcessGaugeReader in
                    try ProcessGaugeReader(
                        probe: options.name,
                        pid: reference.pid,
                        gauges: gauges,
                        children: children
                    )
                }
                guard mayRestart else { return try find() }
                return FollowingGaugeReader(try find()) { try? find() }
            }
        } catch let error as RunError {
            throw error
        } catch let error as ProcessProbeError where error.name == GapName.notListening {
            throw .unreachable("probe \"\(options.name)\": \(error); is the server up?")
        } catch {
            throw .refused("probe \"\(options.name)\": \(error)")
        }
    }

    /// The probe that reads a process which has ended, and when it noticed, in seconds since the run's start.
    var ended: (probe: String, time: Double)? {
        for (probe, samples) in Dictionary(grouping: sampler.latest, by: \.probe) where processProbes.contains(probe) {
            guard let first = samples.first, samples.allSatisfy({ $0.reading == .gap(GapName.processGone) }) else {
                continue
            }
            return (probe, first.time)
        }
        return nil
    }

    /// Ends the readings before the load.
    func endBaseline() {
        _ = sampler.sampleNow()
        baselineEnd = now
        let figures = self.figures(from: 0)
        // What is a counter is known only once it has been read.
        let units = Dictionary(sampler.gaugeRecords().map { ($0.seriesName, $0.unit) }) { first, _ in first }
        for index in records.indices {
            let name = records[index].seriesName
            records[index].baseline = figures[name]?.maximum
            records[index].unit = units[name] ?? records[index].unit
        }
    }

    /// Notes what the gauges showed of the calibration's streams.
    func note(_ responses: [String: GaugeResponse]) {
        let summed = sampler.instances
        let identities = sampler.identities
        for index in records.indices {
            let probe = records[index].probe
            records[index].calibration = responses[records[index].seriesName]?.calibration
            if let met = identities[probe] {
                if met.count > 1 { records[index].calibration?.processes = UInt64(met.count) }
                // A process that names itself is one, however its readings go up and down.
                if met.count == 1, met.allSatisfy(\.isOfProcess) { records[index].calibration?.alternates = false }
            }
            records[index].calibration?.summed = summed[probe].map(UInt64.init)
        }
    }

    /// Ends the readings of the calibration: what streams that end in good order leave once and no more is no residual.
    func calibrated(_ proof: GaugeProof) {
        let readings = read()
        for index in records.indices where proof.retainedByCalibration(of: records[index]) > 0 {
            guard let baseline = records[index].baseline, let value = readings[records[index].seriesName] else {
                continue
            }
            records[index].baseline = max(baseline, value)
        }
        baselineEnd = now
        believe(proof)
    }

    /// Takes over which gauges leaks are judged by, and what is noise in them.
    func believe(_ proof: GaugeProof) {
        noise = Dictionary(records.map { ($0.seriesName, proof.noise(of: $0)) }) { first, _ in first }
        unjudged = Set(records.filter { !proof.mayJudge($0) }.map(\.seriesName))
    }

    private func slack(of record: GaugeRecord) -> Double {
        noise[record.seriesName] ?? VerdictLimits.slack[record.gauge] ?? 0
    }

    /// Reads what is there as the last connection ends.
    func readLoadEnd() {
        let readings = read()
        let figures = self.figures(from: baselineEnd)
        for index in records.indices { records[index].peak = figures[records[index].seriesName]?.maximum }
        note(readings, at: .loadEnd)
    }

    /// Takes one reading of every gauge, and another where one fails that was read the time before: on a busy machine an
    /// answer may come too late, which is no reason to judge without it.
    ///
    /// - Returns: the values by series name; a gauge that could not be read is absent.
    func read() -> [String: Double] {
        var values = readOnce()
        for _ in 0..<Self.readsAgain where !readBefore.isSubset(of: values.keys) {
            values.merge(readOnce()) { earlier, _ in earlier }
        }
        readBefore = Set(values.keys)
        return values
    }

    private func readOnce() -> [String: Double] {
        var values: [String: Double] = [:]
        for sample in sampler.sampleNow() { values[sample.seriesName] = sample.value }
        return values
    }

    /// Notes readings as the residuals of a rung.
    ///
    /// - Parameter probes: whose gauges; nil for all.
    func note(_ readings: [String: Double], at rung: GaugeRecord.Rung, of probes: Set<String>? = nil) {
        for index in records.indices where probes?.contains(records[index].probe) ?? true {
            guard let baseline = records[index].baseline, let value = readings[records[index].seriesName] else {
                continue
            }
            records[index].residuals.append(.init(rung: rung, value: max(0, value - baseline)))
        }
    }

    /// Notes when each counted gauge came back to its baseline, and stayed there until now.
    ///
    /// - Parameter loadEnd: in ns of the monotonic clock.
    func noteFalls(since loadEnd: Nanoseconds) {
        let start = (loadEnd - startedAt).inSeconds
        let series = self.series
        let end = now
        for index in records.indices where records[index].unit == .count {
            guard let baseline = records[index].baseline else { continue }
            let level = baseline + slack(of: records[index])
            let fell = series[records[index].seriesName]?.fall(to: level, from: start, until: end)
            records[index].fell = fell.map { $0 - start }
        }
    }

    /// The counted gauges that a reading shows above their baselines.
    func remaining(in readings: [String: Double]) -> [GaugeRecord] {
        records.filter { record in
            guard record.unit == .count, !unjudged.contains(record.seriesName), let baseline = record.baseline,
                let value = readings[record.seriesName]
            else { return false }
            return value - baseline > slack(of: record)
        }
    }

    /// The counted gauges that still held something after the settle time.
    var suspects: [GaugeRecord] {
        records.filter { record in
            record.unit == .count && !unjudged.contains(record.seriesName)
                && (record.residual(at: .settle) ?? 0) > slack(of: record)
        }
    }

    /// Everything read so far, by series name.
    var series: [String: Series] { sampler.series() }

    /// The records as they are now: with the highest values so far, and the readings that failed.
    var snapshot: [GaugeRecord] {
        let figures = self.figures(from: baselineEnd)
        return records.map { record in
            var record = record
            if record.baseline != nil { record.peak = record.peak ?? figures[record.seriesName]?.maximum }
            return Self.addingGaps(to: record, from: sampler.gaugeRecords())
        }
    }

    private static func addingGaps(to record: GaugeRecord, from read: [GaugeRecord]) -> GaugeRecord {
        var record = record
        guard let found = read.first(where: { $0.seriesName == record.seriesName }) else { return record }
        record.gaps = found.gaps
        record.firstGaps = found.firstGaps
        return record
    }

    /// Ends the readings.
    func stop() {
        sampler.stop()
        let read = sampler.gaugeRecords()
        records = records.map { Self.addingGaps(to: $0, from: read) }
    }

    private var now: Double { (MonotonicClock.now() - startedAt).inSeconds }

    private func figures(from start: Double) -> [String: GaugeFigures] {
        Dictionary(sampler.figures(from: start).map { ($0.seriesName, $0) }) { first, _ in first }
    }
}
