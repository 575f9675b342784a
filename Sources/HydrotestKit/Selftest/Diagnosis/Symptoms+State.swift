import Record
import Verdict
import Vocabulary

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
        return FaultCause(.poolWarmUp, findings: ["retained"])
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
