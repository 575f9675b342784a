import Record
import ReferenceServer
import Testing
import Verdict
import Vocabulary

@testable import HydrotestKit

@Suite struct LeakDiagnosisTests {
    private static let all: [Stage] = [.requestSent, .streaming]

    /// Each leak fault, as its definition says that it should be found.
    @Test(arguments: [
        (Fault.racyRegistry, "state.clients", [Stage.requestSent]),
        (.writeErrorSwallowed, "state.clients", [.requestSent]),
        (.lateCloseHandler, "state.clients", [.requestSent]),
        (.closeNeverFires, "state.clients", all),
        (.secondWriteNotices, "state.clients", all),
        (.slotBeforeBody, "state.slots", [.requestSent]),
        (.timerLeak, "state.timers", all),
        (.topicLeak, "state.topics", all),
        (.fdLeak, "process.fds", all),
        (.generatorRunsOn, "state.producers", all),
    ])
    func aLeakIsItsFault(fault: Fault, gauge: String, stages: [Stage]) throws {
        let leak = try #require(fault.definition.leak)
        #expect(gauge.hasSuffix(".\(leak.gauge)"))
        #expect(stages.first == leak.stage)
        let manners = leak.manner.map { [$0] } ?? [.fin, .rst, .halfClose]
        let diagnosis = MadeRun.diagnosis(
            of: MadeRun.leaks(gauge, leak.classWithTopics, at: stages, by: manners)
        )
        #expect(diagnosis.faults == [fault])
        #expect(diagnosis.unexplained == [])
    }

    @Test func aClientThatStaysExplainsWhatItKeeps() {
        let gauges = ["clients", "timers", "subscriptions", "topics"]
        let leaks = gauges.flatMap { MadeRun.leaks("state.\($0)", .bounded, at: Self.all) }
        let diagnosis = MadeRun.diagnosis(of: leaks)
        #expect(diagnosis.faults == [.closeNeverFires])
        #expect(diagnosis.unexplained == [])
    }

    @Test func aClientThatStaysDoesNotExplainADescriptor() {
        let leaks =
            MadeRun.leaks("state.clients", .untilBroadcast, at: [.requestSent])
            + MadeRun.leaks("process.fds", .permanent, at: [.requestSent], by: [.fin])
        let diagnosis = MadeRun.diagnosis(of: leaks)
        #expect(diagnosis.faults == [.racyRegistry])
        #expect(diagnosis.unexplained == ["process.fds: permanent, request-sent, fin"])
    }

    @Test(arguments: [
        MadeRun.leaks("state.clients", .permanent, at: [.requestPartial, .requestSent]),
        MadeRun.leaks("state.clients", .permanent, at: [.requestSent, .streaming]),
        MadeRun.leaks("state.clients", .permanent, at: [nil]),
        MadeRun.leaks("state.slots", .bounded, at: [.requestSent]),
        MadeRun.leaks("state.slots", .permanent, at: [.requestSent, .streaming]),
        MadeRun.leaks("state.timers", .permanent, at: [.requestSent, .streaming]),
        MadeRun.leaks("state.timers", .bounded, at: [.requestSent]),
        MadeRun.leaks("state.topics", .untilBroadcast, at: [.requestSent, .streaming]),
        MadeRun.leaks("process.fds", .permanent, at: [.requestSent], by: [.fin, .halfClose]),
        MadeRun.leaks("state.producers", .permanent, at: [.requestSent]),
    ])
    func aLeakOfAnotherShapeIsNoKnownFault(leaks: [Leak]) {
        let diagnosis = MadeRun.diagnosis(of: leaks)
        #expect(diagnosis.faults == [])
        #expect(diagnosis.unexplained.count == 1)
    }

    @Test func aProducerThatHearsOfNoCloseIsNoFaultOfItsOwn() {
        var diagnosis = MadeRun.diagnosis(of: MadeRun.leaks("state.clients", .bounded, at: Self.all))
        diagnosis.merge(MadeRun.diagnosis(of: MadeRun.leaks("state.producers", .bounded, at: Self.all)))
        #expect(diagnosis.faults == [.closeNeverFires])
        #expect(diagnosis.unexplained == [])
    }

    @Test func aFaultFoundInOneRunExplainsTheOthers() {
        var diagnosis = MadeRun.diagnosis(of: MadeRun.leaks("state.producers", .bounded, at: Self.all))
        let stalled = MadeRun.leaks("state.producers", .permanent, at: [.streaming], by: [.stall])
        diagnosis.merge(MadeRun.diagnosis(of: stalled))
        #expect(diagnosis.faults == [.generatorRunsOn])
        #expect(diagnosis.unexplained == [])
        #expect(MadeRun.diagnosis(of: stalled).unexplained.count == 1)
    }

    /// In one run they run out, in the next one they do not yet.
    @Test func slotsThatRunOutAreTold() {
        let leaks = MadeRun.leaks("state.slots", .permanent, at: [.requestSent])
        var record = MadeRun.clean()
        record.serviceStop = ServiceStop(
            scenario: "droppers",
            name: "HTTP_503",
            answer: nil,
            lastServed: 3,
            since: 4,
            drops: 120,
            tries: 3,
            during: "after the load"
        )
        let findings = Judge(thresholds: []).judge(record).findings
        var diagnosis = FaultDiagnosis(record, Judgement(leaks: leaks, findings: findings, thresholds: []))
        #expect(diagnosis.faults == [.slotsUsedUp])
        #expect(diagnosis.unexplained == [])
        diagnosis.merge(MadeRun.diagnosis(of: leaks))
        #expect(diagnosis.faults == [.slotsUsedUp])
    }

    @Test func twoFaultsAreBothFound() {
        let leaks =
            MadeRun.leaks("state.timers", .bounded, at: Self.all)
            + MadeRun.leaks("state.slots", .permanent, at: [.requestSent])
        #expect(MadeRun.diagnosis(of: leaks).faults == [.timerLeak, .slotBeforeBody])
    }
}
