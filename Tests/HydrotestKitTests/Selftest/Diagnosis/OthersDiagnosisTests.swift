import Record
import Testing
import Vocabulary

@testable import HydrotestKit

@Suite struct OthersDiagnosisTests {
    private func diagnosis(_ change: (inout RunRecord) -> Void) -> FaultDiagnosis {
        var record = MadeRun.clean()
        change(&record)
        return MadeRun.diagnosis(of: record)
    }

    @Test(
        arguments: [(3 * .perSecond, [Fault.starvesBystanders]), (20 * .perMillisecond, [])] as [(Nanoseconds, [Fault])]
    )
    func requestsThatWaitForStreamsAreStarved(span: Nanoseconds, faults: [Fault]) {
        let diagnosis = diagnosis {
            var bystander = BystanderRecord(name: "health", url: "/healthz")
            bystander.before.sent = 12
            bystander.before.answered = 12
            bystander.before.latency.record(2 * .perMillisecond, count: 12)
            bystander.beside.sent = 60
            bystander.beside.answered = 60
            bystander.beside.latency.record(span, count: 60)
            $0.load.bystanders = [bystander]
        }
        #expect(diagnosis.faults == Set(faults))
        #expect(diagnosis.unexplained == [])
    }

    @Test(arguments: [true, false])
    func stallsThatAreKeptHaveNoTimeout(isKept: Bool) {
        let diagnosis = diagnosis {
            var stall = StallRecord(stage: .connected)
            if isKept { stall.noteKept(for: 3 * .perSecond) } else { stall.noteEnd(after: .perSecond) }
            $0.load.stalls = [stall]
        }
        #expect(diagnosis.faults == (isKept ? [.noHandshakeTimeout] : []))
        #expect(diagnosis.unexplained == [])
    }
}
