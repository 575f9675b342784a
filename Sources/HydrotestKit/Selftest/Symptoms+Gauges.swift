import Record
import ReferenceServer
import Verdict
import Vocabulary

/// The faults that leaks tell of.
extension Symptoms {
    /// Every one that shows.
    ///
    /// Those that leak show as their definitions say; `slots-used-up` leaks as `slot-before-body` does.
    var ofLeaks: [FaultCause] {
        let leaking = Fault.allCases.filter { $0 != .slotsUsedUp }
        return leaking.compactMap { leakCause(of: $0) } + [slotsUsedUp, queue].compactMap(\.self)
    }

    /// A fault that shows by its leak; nil where it does not.
    private func leakCause(of fault: Fault) -> FaultCause? {
        guard let leak = fault.definition.leak, shows(leak) else { return nil }
        let politely = leak.manner == nil && leak.reachesStream != false ? [FindingKind.leaksPolitely] : []
        let stalls = leak.resembled.contains(.serverPause) ? [FindingKind.serverStalled] : []
        return FaultCause(
            fault,
            leaks: Self.series(of: leak.gauge),
            findings: politely + stalls,
            consequences: leak.resembled
        )
    }

    /// Whether the run shows a leak as it should be found.
    private func shows(_ known: FaultLeak) -> Bool {
        let series = Self.series(of: known.gauge)
        guard let leak = leak(series[0]), leak.leakClass == known.classWithTopics, leak.stages.min() == known.stage
        else { return false }
        if let reachesStream = known.reachesStream, leak.reachesStream != reachesStream { return false }
        if let manner = known.manner, leak.manners != [manner] { return false }
        // What a client that stays keeps is no leak of its own.
        let isKeptByClient = Self.series(of: "clients").dropFirst().contains(series[0])
        return !isKeptByClient || self.leak("state.clients") == nil
    }

    /// The series that a leak of a gauge shows in: its own, then those of what it keeps.
    private static func series(of gauge: String) -> [String] {
        switch gauge {
        case "clients": ["clients", "timers", "subscriptions", "topics"].map { "state.\($0)" }
        case "fds": ["process.fds", "process.sockets"]
        default: ["state.\(gauge)"]
        }
    }

    /// Connection slots that stay taken until none is left.
    private var slotsUsedUp: FaultCause? {
        guard record.serviceStop?.name == "HTTP_503", let leak = Fault.slotsUsedUp.definition.leak, shows(leak) else {
            return nil
        }
        return FaultCause(
            .slotsUsedUp,
            leaks: Self.series(of: leak.gauge),
            findings: [.stoppedServing, .mostConnectionsFailed, .nothingEstablished],
            consequences: [.slotBeforeBody]
        )
    }

    /// A queue that grows as long as its client does not read.
    private var queue: FaultCause? {
        guard hasFinding(.slowReadersUnbounded) else { return nil }
        // Who fills a queue without an end has less time for the others.
        return FaultCause(.unboundedQueue, findings: [.slowReadersUnbounded, .slowReadersHarmOthers])
    }
}

/// The faults that make a state hard to read, as calibration tells them.
extension Symptoms {
    private static let probe = "state"
    /// How late sockets must be shown at least, in seconds: less may be the work of a busy machine.
    private static let cacheLag = 3.0

    private var state: [GaugeRecord] { record.gauges.filter { $0.probe == Self.probe && $0.unit == .count } }

    private func gauge(_ name: String) -> GaugeRecord? { state.first { $0.gauge == name } }

    /// Every one that shows; none of them explains anything that is held against a server.
    var hardToRead: [FaultCause?] {
        let proof = GaugeProof(record)
        return [cached(proof), collected(proof), blind(proof), pool, counter, prefork(proof)]
    }

    /// The whole document is late.
    private func cached(_ proof: GaugeProof) -> FaultCause? {
        guard let sockets = gauge("sockets"), proof.lag(of: sockets) >= Self.cacheLag else { return nil }
        return FaultCause(.cachedState)
    }

    /// The clients alone are.
    private func collected(_ proof: GaugeProof) -> FaultCause? {
        guard let clients = gauge("clients"), proof.standing(of: clients) == .lagging,
            let sockets = gauge("sockets"), proof.lag(of: sockets) < Self.cacheLag
        else { return nil }
        return FaultCause(.collectedLate)
    }

    /// Not even the sockets were seen.
    private func blind(_ proof: GaugeProof) -> FaultCause? {
        guard !state.isEmpty, state.allSatisfy({ proof.standing(of: $0) == .blind }) else { return nil }
        return FaultCause(.blindGauge)
    }

    private var pool: FaultCause? {
        guard judgement.findings.contains(where: { $0.kind == .retained && $0.gauge == "state.pool" }) else {
            return nil
        }
        return FaultCause(.poolWarmUp, findings: [.retained])
    }

    private var counter: FaultCause? {
        guard judgement.findings.contains(where: { $0.kind == .gaugeIsTotal && $0.gauge == "state.opened" }) else {
            return nil
        }
        return FaultCause(.counterAsGauge)
    }

    private func prefork(_ proof: GaugeProof) -> FaultCause? {
        let isSummed = state.contains { $0.calibration?.summed ?? 1 > 1 }
        guard isSummed || state.contains(where: { proof.standing(of: $0) == .severalProcesses }) else { return nil }
        return FaultCause(.preforkState)
    }
}
