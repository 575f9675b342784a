import EventLoop
import Load
import Probe
import Record
import RunProfile
import Synchronization
import Vocabulary

/// Looks whether the server still serves the run's own endpoints.
extension ProfileRun {
    /// Looks for the first time, before the load: an endpoint that is not served now is none that may stop.
    ///
    /// A climb is left alone: its server may turn streams away, and each counts. So is a run that calibrates nothing: it
    /// opens no stream but the profile's.
    ///
    /// - Throws: ``RunError/machine(_:)`` where the machine gives no loop or no thread.
    func beginService(_ scenarios: [LoadScenario]) throws(RunError) {
        guard !isOver, profile.capacity == nil, profile.leak.calibrate else { return }
        let watch = ServiceWatch(scenarios)
        service = watch
        let time = now
        // Where nothing is read there is nothing to try either: that the load's own streams were served is enough.
        guard gauges?.records.isEmpty == false else { return }
        // A calibration whose streams all opened has shown as much, and each stream more may leave something behind.
        let isShown = record.calibration.map { $0.errors.isEmpty && !$0.waves.isEmpty && !$0.isOff } ?? false
        let shown = isShown ? watch.parts.filter { part in calibrated.contains { $0.isSameEndpoint(as: part) } } : []
        for part in shown { watch.lastServed[part.plan.scenario.name] = time }
        let others = watch.parts.filter { watch.lastServed[$0.plan.scenario.name] == nil }
        guard !others.isEmpty else { return }
        for (name, sight) in try look(others) where sight.error == nil { watch.lastServed[name] = time }
    }

    /// Whether the server still serves every endpoint that it served before; noted where it does not.
    ///
    /// - Parameters:
    ///   - what: what goes on.
    ///   - gauges: what must show the look's own streams no more before anything is read.
    /// - Throws: ``RunError/machine(_:)`` where the machine gives no loop or no thread.
    func serves(
        during what: String,
        _ gauges: [GaugeRecord] = [],
        _ watch: GaugeWatch? = nil
    ) throws(RunError) -> Bool {
        guard record.serviceStop == nil else { return false }
        guard let service, !service.lastServed.isEmpty else { return true }
        let before = gauges.isEmpty ? [:] : watch?.read() ?? [:]
        var parts = service.parts.filter { service.lastServed[$0.plan.scenario.name] != nil }
        let end = now + recovery.inSeconds
        var attempt: UInt64 = 0
        while !isOver {
            attempt += 1
            let time = now
            let sights = try look(parts)
            guard !isOver else { return true }
            note(sights, at: time, drops: service.drops)
            parts = parts.filter { sights[$0.plan.scenario.name]?.error != nil }
            guard let failed = parts.first.map(\.plan.scenario.name) else { break }
            guard attempt >= Canary.Limits.tries, now >= end, let sight = sights[failed], let error = sight.error,
                let failing = service.failing[failed], let served = service.lastServed[failed]
            else {
                let next = MonotonicClock.now() + max(Canary.Limits.pause, recovery / Canary.Limits.spread)
                wait(until: next, saying: "does the server still serve?") { false }
                continue
            }
            record.serviceStop = ServiceStop(
                scenario: failed,
                name: error,
                answer: sight.answer,
                lastServed: served,
                since: failing.since,
                drops: failing.drops,
                tries: attempt,
                during: what
            )
            return false
        }
        guard let watch, !gauges.isEmpty else { return true }
        // Readings that are late do not show the look's own streams yet, and would show them in the next trial.
        wait(until: MonotonicClock.now() + patience, saying: what) { false }
        wait(until: MonotonicClock.now() + settleTime, saying: what) {
            let readings = watch.read()
            return gauges.allSatisfy { (readings[$0.seriesName] ?? 0) <= (before[$0.seriesName] ?? .infinity) }
        }
        return true
    }

    /// How long a server may need to notice who has left, in ns: some do by a timer, some at their next heartbeat only, and
    /// the first write after the end still succeeds.
    private var recovery: Nanoseconds {
        let beats = (record.load.heartbeat.discovered ?? []).compactMap(\.period)
        let longest = ([record.heartbeatExpected?.expect].compactMap(\.self) + beats).max() ?? 0
        return min(Canary.Limits.longestRecovery, max(longest * 5 / 2, inactivityTimeout?.timeout ?? 0))
    }

    /// Looks beside a load, at the endpoints whose streams this never opens.
    func lookBeside(_ progress: LoadProgress) {
        guard let service, !service.unseen.isEmpty, !isOver else { return }
        if let canary = service.beside {
            guard canary.isDone, let sights = try? canary.sights() else { return }
            service.beside = nil
            note(sights, at: now, drops: UInt64(progress.dropped.load(ordering: .relaxed)))
        } else if MonotonicClock.now() >= service.next {
            service.next = MonotonicClock.now() + Canary.Limits.period
            let parts = service.unseen.filter { service.lastServed[$0.plan.scenario.name] != nil }
            guard !parts.isEmpty else { return }
            // A machine that gives no thread for it has none to look with.
            service.beside = try? Canary(of: parts, limits: profile.limits, seed: profile.seed)
        }
    }

    /// Ends the looks beside a load, and takes over what the load itself saw.
    func endLooks(_ load: LoadRecord, from start: Double) {
        guard let service else { return }
        if let canary = service.beside {
            canary.stop()
            while !canary.isDone { canary.wait() }
            _ = try? canary.sights()
            service.beside = nil
        }
        service.drops = load.drops.reduce(0) { $0 + $1.count }
        for part in service.parts where !service.unseen.contains(where: { $0.isSameEndpoint(as: part) }) {
            note(load, of: part, from: start, service)
        }
    }

    /// The first failure of an endpoint's streams after the last that was established.
    private func note(_ load: LoadRecord, of part: LoadScenario, from start: Double, _ service: ServiceWatch) {
        let name = part.plan.scenario.name
        let own = load.scenarios?.filter { service.names[name]?.contains($0.name) == true }.map(\.load) ?? [load]
        let faces = own.compactMap(\.errorFaces).reduce(into: ErrorFaces()) { $0.merge($1) }
        guard let last = faces.lastEstablishedTime else {
            // Without an error all were served, from the load's start on.
            if own.contains(where: { $0.connections.established > 0 }), service.lastServed[name] == nil {
                service.lastServed[name] = start
            }
            return
        }
        service.lastServed[name] = start + last
        service.failing[name] = nil
        guard let first = faces.faces.filter({ $0.last > last }).map({ max($0.first, last) }).min() else { return }
        service.failing[name] = (start + first, dropsMade(until: start + first, of: service.drops))
    }

    private func dropsMade(until moment: Double, of all: UInt64) -> UInt64 {
        guard let drops = series.all["drops"], drops.t.count > 1 else { return all }
        var sum = 0.0
        for index in 1..<drops.t.count where drops.t[index] <= moment {
            sum += drops.v[index] * (drops.t[index] - drops.t[index - 1])
        }
        return min(all, UInt64(max(0, sum.rounded())))
    }

    private func note(_ sights: [String: Canary.Sight], at time: Double, drops: UInt64) {
        guard let service else { return }
        for (name, sight) in sights where service.lastServed[name] != nil {
            if sight.error == nil {
                service.lastServed[name] = time
                service.failing[name] = nil
            } else if service.failing[name] == nil {
                service.failing[name] = (time, drops)
            }
        }
    }

    private func look(_ parts: [LoadScenario]) throws(RunError) -> [String: Canary.Sight] {
        do {
            let canary = try Canary(of: parts, limits: profile.limits, seed: profile.seed)
            while !canary.isDone {
                if isOver { canary.stop() }
                canary.wait()
            }
            return try canary.sights()
        } catch {
            throw .machine("the server cannot be looked at: \(error.advice)")
        }
    }
}

/// A matrix and a race look when a cycle leaves nothing after others have left something, and every so often.
extension ProfileRun {
    /// Whether the server still serves, as far as there is a reason to look again.
    ///
    /// - Parameters:
    ///   - changes: by how much each gauge changed in the last cycle.
    ///   - gauges: the series names of what is looked for.
    /// - Throws: ``RunError/machine(_:)`` where the machine gives no loop or no thread.
    func stillServes(
        after changes: [String: Double],
        of gauges: [String],
        _ watch: GaugeWatch,
        during what: String
    ) throws(RunError) -> Bool {
        guard let service, let served = service.lastServed.values.min() else { return true }
        guard !gauges.contains(where: { changes[$0] ?? 0 > 0 }) else {
            service.lastRise = now
            return true
        }
        guard service.lastRise > served || now - served >= Canary.Limits.pace.inSeconds else { return true }
        return try serves(during: what, watch.records.filter { gauges.contains($0.seriesName) }, watch)
    }

    /// Whether a cycle in which nothing rose may be one of a server that did not serve.
    ///
    /// - Parameter end: when it ended, in seconds since the run's start.
    func isVoid(_ changes: [String: Double], of gauges: [String], since end: Double) -> Bool {
        guard let stop = record.serviceStop, let service else { return false }
        return end > max(stop.lastServed, service.lastRise) && !gauges.contains { changes[$0] ?? 0 > 0 }
    }
}

/// Whether the server still serves the run's own endpoints: without that, what a trial leaves says nothing.
final class ServiceWatch {
    /// One scenario for each endpoint.
    let parts: [LoadScenario]
    /// The names of all scenarios of each endpoint, by the name of its part.
    let names: [String: Set<String>]
    /// When each endpoint was served last, in seconds since the run's start; only those that were served at all.
    var lastServed: [String: Double] = [:]
    /// The first failure since, and the drops that had been made by then.
    var failing: [String: (since: Double, drops: UInt64)] = [:]
    /// When a gauge last rose by a cycle, in seconds since the run's start: the server served then.
    var lastRise = 0.0
    /// Drops of the load that is over, and of all trials since.
    var drops: UInt64 = 0
    /// Endpoints whose streams the load itself never opens, to be looked at beside it.
    let unseen: [LoadScenario]
    /// The look beside the load that is under way.
    var beside: Canary?
    /// When the next one is due, in ns of the monotonic clock.
    var next: Nanoseconds = 0

    init(_ scenarios: [LoadScenario]) {
        parts = scenarios.distinctEndpoints(most: Canary.Limits.endpoints)
        let groups = parts.map { part in (part, scenarios.filter { $0.isSameEndpoint(as: part) }) }
        names = Dictionary(
            groups.map { ($0.plan.scenario.name, Set($1.map(\.plan.scenario.name))) }
        ) { first, _ in first }
        unseen = groups.filter { _, scenarios in
            scenarios.allSatisfy { scenario in
                !scenario.plan.cards.isEmpty && scenario.plan.cards.allSatisfy { $0.stage < .headersReceived }
            }
        }
        .map(\.0)
    }
}

/// Looks whether the server's process still is: the bundled server, or one that a probe reads.
struct DeathWatch {
    private let watch: GaugeWatch
    private let reference: ReferenceProcess?

    /// A watch over the processes of a run.
    init(_ watch: GaugeWatch, reference: ReferenceProcess?) {
        self.watch = watch
        self.reference = reference
    }

    /// The server's death; nil while it lives, or where nobody can tell.
    ///
    /// - Parameter now: seconds since the run's start.
    func death(now: Double) -> ServerDeath? {
        if let end = reference?.end { return ServerDeath(time: now, probe: nil, end: end) }
        return watch.ended.map { ServerDeath(time: $0.time, probe: $0.probe) }
    }
}
