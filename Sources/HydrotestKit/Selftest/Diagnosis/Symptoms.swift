import Record
import Verdict
import Vocabulary

/// What a run shows, in the form that causes are looked for.
struct Symptoms {
    let record: RunRecord
    let judgement: Judgement

    /// The symptoms of a run.
    init(_ record: RunRecord, _ judgement: Judgement) {
        self.record = record
        self.judgement = judgement
    }

    /// Findings that accuse a server without failing the run.
    private static let accusingWarnings: Set<String> = [
        "streams-ended", "heartbeat-stops", "heartbeat-drift", "heartbeat-herd", "server-stalled",
        "streams-harm-others", "no-handshake-timeout",
    ]

    /// The faults that explain what the run shows.
    var causes: [FaultCause] {
        // What comes after a death is its consequence.
        if let death = crash ?? lateCrash { return [death] }
        return hardToRead.compactMap(\.self)
            + [
                client, slot, timer, topic, descriptor, producer, queue, silence, killedWhileQuiet, cutAtAge, drift,
                herd,
                pause, frozenReader, contentType, acceptance, skippedBroadcast, sharedQueue, retryStorm, lostOnResume,
                duplicateOnResume, subscribedAfterReplay, starvation, handshake,
            ].compactMap(\.self)
    }

    /// All that the run holds against the server.
    var held: [HeldSymptom] {
        let leaks = Set(judgement.leaks.map { "\($0.probe).\($0.gauge)" }).sorted().map { name in
            HeldSymptom(symptom: .leak(name), words: "\(name): \(describe(name))")
        }
        let findings = judgement.findings.filter { finding in
            finding.id != "leak" && (finding.id != "server-stalled" || hasPaused)
                && (finding.severity == .failure
                    || finding.severity == .warning && Self.accusingWarnings.contains(finding.id))
        }
        return leaks + findings.map { HeldSymptom(symptom: .finding($0.id), words: $0.id) }
    }

    /// The leak of a gauge; nil where it does not leak.
    func leak(_ name: String) -> LeakSymptom? {
        LeakSymptom(judgement.leaks.filter { "\($0.probe).\($0.gauge)" == name })
    }

    /// Whether a finding was made.
    func hasFinding(_ id: String) -> Bool { judgement.findings.contains { $0.id == id } }

    private func describe(_ name: String) -> String {
        guard let leak = leak(name) else { return "" }
        let places = leak.stages.sorted().map(\.rawValue) + leak.manners.sorted { $0.order < $1.order }.map(\.rawValue)
        return ([leak.leakClass.rawValue] + places).joined(separator: ", ")
    }
}
