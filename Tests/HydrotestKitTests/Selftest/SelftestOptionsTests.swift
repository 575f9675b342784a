import HydrotestKit
import ReferenceServer
import RunProfile
import Testing
import Vocabulary

@Suite struct SelftestOptionsTests {
    @Test func everyLeakFaultIsTried() {
        let leaking = Fault.allCases.filter { $0.definition.leak != nil }
        #expect(leaking.count >= 9)
        for fault in leaking + [.unboundedQueue, .crashOnReset] {
            #expect(fault.definition.foundBy.obstacle == nil, "\(fault.rawValue)")
        }
    }

    @Test func theLongFormTriesEachFaultOverEachTransportWithEachSeed() {
        var options = SelftestOptions()
        options.faults = [.timerLeak, .fdLeak]
        options.seeds = 3
        options.cleanRuns = 5
        options.neighbourRuns = 1
        options.recyclingRuns = 2
        options.hiding = []
        let cases = options.cases
        #expect(cases.count == 2 * 2 * 3 + 5 + 1 + 2)
        #expect(Set(cases).count == cases.count)
        for transport in Scenario.Transport.allCases {
            for seed in 1...3 as ClosedRange<UInt64> {
                #expect(cases.contains(SelftestCase(.fault(.fdLeak), transport, seed: seed)))
            }
            #expect(cases.contains { $0.subject == .clean && $0.transport == transport })
        }
    }

    @Test func theShortFormAlternatesTransports() {
        let cases = SelftestOptions.quick.cases
        for fault in Fault.allCases {
            let own = cases.filter { $0.subject == .fault(fault) }
            #expect(own.count == (fault.definition.foundBy.obstacle == nil ? 1 : 0))
        }
        let faulty = cases.filter { $0.subject.fault != nil }
        #expect(Set(faulty.map(\.transport)) == [.plain, .tls])
        for transport in Scenario.Transport.allCases {
            #expect(cases.count { $0.subject == .clean && $0.transport == transport } == 2)
        }
        #expect(cases.contains { $0.subject == .cleanWithNeighbour })
    }

    @Test func withMoreSeedsTheTurnOfTransportsChanges() {
        var options = SelftestOptions.quick
        options.seeds = 2
        let own = options.cases.filter { $0.subject == .fault(.racyRegistry) }
        #expect(own.map(\.transport) == [.plain, .tls])
    }

    @Test func whatCannotBeDetectedGivesNoCase() {
        var options = SelftestOptions()
        options.faults = [.crossSessionReplay]
        options.cleanRuns = 0
        options.neighbourRuns = 0
        options.recyclingRuns = 0
        #expect(options.cases.isEmpty)
    }
}
