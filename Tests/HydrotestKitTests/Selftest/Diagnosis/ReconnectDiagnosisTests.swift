import Record
import Testing
import Vocabulary

@testable import HydrotestKit

/// What streams that come back tell of a server's faults.
@Suite struct ReconnectDiagnosisTests {
    private func diagnosis(
        deliveries: [DeliveryRecord]? = nil,
        _ change: (inout ReconnectRecord) -> Void
    ) -> FaultDiagnosis {
        var reconnect = ReconnectRecord()
        reconnect.closed = [ReconnectRecord.dropped: 30]
        (reconnect.attempts, reconnect.returned) = (30, 30)
        var resume = ResumeCounts()
        (resume.resumed, resume.replayed) = (30, 400)
        reconnect.resume = resume
        change(&reconnect)
        var record = MadeRun.clean()
        record.load.reconnect = reconnect
        record.load.deliveries = deliveries
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

    /// What is lost right behind a resume is neither lost on resume nor a skipped broadcast.
    @Test(arguments: [(40 as UInt64, true), (20, false)])
    func lossesBehindTheReplayTellOfALateSubscription(behind: UInt64, isFault: Bool) {
        var delivery = DeliveryRecord(publisher: "news")
        delivery.publishing = PublishingCounts()
        delivery.publishing?.accepted = 160
        (delivery.counts.streams, delivery.counts.received, delivery.counts.lost) = (45, 2_000, 40)
        var places = LossPlaces()
        (places.resumed, places.losersBehindResume, places.lostBehindResume) = (30, 30, behind)
        delivery.places = places
        let diagnosis = diagnosis(deliveries: [delivery]) { _ in }
        #expect(diagnosis.faults == (isFault ? [.subscribeAfterReplay] : []))
        #expect(diagnosis.unexplained == (isFault ? [] : ["events-lost"]))
    }

    @Test func streamsThatStayAwayAreNotExplained() {
        let diagnosis = diagnosis { $0.awayAtEnd = 1 }
        #expect(diagnosis.faults == [])
        #expect(diagnosis.unexplained == ["reconnect-incomplete"])
    }
}
