import RunProfile
import Testing
import Vocabulary

@testable import HydrotestKit

/// Made-up results of the self-test.
enum MadeResult {
    /// A result whose runs showed a fault's leak, or nothing.
    static func of(
        _ subject: SelftestSubject,
        showing fault: Fault? = nil,
        seed: UInt64 = 1,
        failure: String? = nil
    ) -> SelftestResult {
        var diagnosis = FaultDiagnosis()
        switch fault {
        case .timerLeak?:
            diagnosis = MadeRun.diagnosis(
                of: MadeRun.leaks("state.timers", .bounded, at: [.requestSent, .streaming])
            )
        case .slotBeforeBody?:
            diagnosis = MadeRun.diagnosis(of: MadeRun.leaks("state.slots", .permanent, at: [.requestSent]))
        case let other?: Issue.record("nothing is made up for \(other.rawValue)")
        case nil: break
        }
        return SelftestResult(
            selftest: SelftestCase(subject, .plain, seed: seed),
            diagnosis: diagnosis,
            failure: failure,
            seconds: 2,
            examinations: []
        )
    }
}
