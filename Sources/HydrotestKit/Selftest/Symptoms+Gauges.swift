import Record
import Verdict
import Vocabulary

/// The faults that leaks tell of.
extension Symptoms {
    /// Clients that stay: which fault it is, the class and the stages tell.
    var client: FaultCause? {
        guard let leak = leak("state.clients"), leak.beginsWithRequest else { return nil }
        let fault: Fault
        switch (leak.leakClass, leak.reachesStream) {
        case (.untilBroadcast, false): fault = .racyRegistry
        case (.untilBroadcast, true): fault = .secondWriteNotices
        case (.permanent, false): fault = .writeErrorSwallowed
        case (.bounded, false): fault = .lateCloseHandler
        case (.bounded, true): fault = .closeNeverFires
        default: return nil
        }
        // A client that stays keeps what it has; a producer that hears of no close cannot end with its client.
        return FaultCause(
            fault,
            leaks: ["clients", "timers", "subscriptions", "topics"].map { "state.\($0)" },
            findings: fault == .closeNeverFires
                ? [.leaksPolitely, .serverStalled] : fault == .secondWriteNotices ? [.leaksPolitely] : [],
            // Producers that run on for nobody keep the server from everything else.
            consequences: fault == .closeNeverFires ? [.generatorRunsOn, .slowAccept, .serverPause] : []
        )
    }

    /// Connection slots that stay taken, and may run out.
    var slot: FaultCause? {
        guard let leak = leak("state.slots"), leak.leakClass == .permanent, leak.beginsWithRequest, leak.endsWithHead
        else { return nil }
        if record.serviceStop?.name == "HTTP_503" {
            return FaultCause(
                .slotsUsedUp,
                leaks: ["state.slots"],
                findings: [.stoppedServing, .mostConnectionsFailed, .nothingEstablished],
                consequences: [.slotBeforeBody]
            )
        }
        return FaultCause(.slotBeforeBody, leaks: ["state.slots"])
    }

    /// Timers that survive their clients.
    var timer: FaultCause? {
        guard self.leak("state.clients") == nil, let leak = leak("state.timers"), leak.leakClass == .bounded,
            leak.beginsWithRequest, leak.reachesStream
        else { return nil }
        return FaultCause(.timerLeak, leaks: ["state.timers"], findings: [.leaksPolitely])
    }

    /// Topics that survive their subscribers.
    var topic: FaultCause? {
        guard self.leak("state.clients") == nil, let leak = leak("state.topics"), leak.leakClass == .permanent,
            leak.beginsWithRequest, leak.reachesStream
        else { return nil }
        return FaultCause(.topicLeak, leaks: ["state.topics"], findings: [.leaksPolitely])
    }

    /// Descriptors of clients that have closed one side.
    var descriptor: FaultCause? {
        guard let leak = leak("process.fds"), leak.leakClass == .permanent, leak.beginsWithRequest,
            leak.manners == [.halfClose]
        else { return nil }
        return FaultCause(.fdLeak, leaks: ["process.fds", "process.sockets"])
    }

    /// Producers that go on without a client.
    var producer: FaultCause? {
        guard let leak = leak("state.producers"), leak.leakClass == .bounded, leak.beginsWithRequest else {
            return nil
        }
        return FaultCause(
            .generatorRunsOn,
            leaks: ["state.producers"],
            findings: [.leaksPolitely, .serverStalled],
            consequences: [.slowAccept, .serverPause]
        )
    }

    /// A queue that grows as long as its client does not read.
    var queue: FaultCause? {
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
