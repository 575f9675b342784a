import Record
import Verdict
import Vocabulary

/// The faults that streams which come back tell of.
extension Symptoms {
    /// A reconnection time that makes all clients come back at once.
    var retryStorm: FaultCause? { cause(.retryStorm, of: "retry-storm") }

    /// Messages that a resumed stream leaves out.
    var lostOnResume: FaultCause? { cause(.lostOnResume, of: "lost-on-resume") }

    /// Messages that a resumed stream repeats.
    var duplicateOnResume: FaultCause? { cause(.duplicateOnResume, of: "duplicate-on-resume") }

    /// Messages that resumed streams lost between what they were sent again and their first live message.
    var subscribedAfterReplay: FaultCause? {
        guard case .behindResume = DeliveryPattern(record.load) else { return nil }
        // What others get before the resumed stream's head has come counts as published while its client was away.
        return FaultCause(
            .subscribeAfterReplay,
            findings: ["events-lost", "lost-on-resume"],
            consequences: [.lostOnResume]
        )
    }

    private func cause(_ fault: Fault, of finding: String) -> FaultCause? {
        hasFinding(finding) ? FaultCause(fault, findings: [finding]) : nil
    }
}
