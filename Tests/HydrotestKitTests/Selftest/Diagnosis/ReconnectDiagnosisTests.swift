import Record
import Testing
import Vocabulary

@testable import HydrotestKit

/// What streams that come back tell of a server's faults.
@Suite struct ReconnectDiagnosisTests {
    private func diagnosis(_ change: (inout ReconnectRecord) -> Void) -> FaultDiagnosis {
        var reconnect = ReconnectRecord()
        reconnect.closed = [ReconnectRecord.dropped: 30]
        (reconnect.attempts, reconnect.returned) = (30, 30)
        var resume = ResumeCounts()
        (resume.resumed, resume.replayed) = (30, 400)
        reconnect.resume = resume
        change(&reconnect)
        var record = MadeRun.clean()
        record.load.reconnect = reconnect
        return MadeRun.diagnosis(of: record)
    }

    @Test func streamsThatAreAllBackAndMissNothingAccuseNobody() {
        #expect(diagnosis { _ in } == FaultDiagnosis())
    }

    @Test func eachFaultIsToldByItsFigure() {
        let told = RetryRecord(told: 45, zeros: 45, shortest: 0, longest: 0)
        let faults: [(Fault, (inout ReconnectRecord) -> Void)] = [
            (.retryStorm, { $0.retry = told }), (.lostOnResume, { $0.resume?.missing = 30 }),
            (.duplicateOnResume, { $0.resume?.repeated = 30 }),
        ]
        for (fault, change) in faults {
            #expect(diagnosis(change).faults == [fault])
            #expect(diagnosis(change).unexplained == [])
        }
    }

    @Test func streamsThatStayAwayAreNotExplained() {
        let diagnosis = diagnosis { $0.awayAtEnd = 1 }
        #expect(diagnosis.faults == [])
        #expect(diagnosis.unexplained == ["reconnect-incomplete"])
    }
}
