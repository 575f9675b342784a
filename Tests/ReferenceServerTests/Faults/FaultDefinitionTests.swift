import Testing
import Vocabulary

@testable import ReferenceServer

@Suite struct FaultDefinitionTests {
    @Test(arguments: Fault.allCases)
    func everyFaultHasOneDefinition(fault: Fault) {
        #expect(Faults.definitions.count { $0.fault == fault } == 1)
        #expect(fault.definition.fault == fault)
    }

    @Test(arguments: Fault.allCases)
    func everyFaultIsOneSentence(fault: Fault) {
        let sentence = fault.definition.sentence
        #expect(sentence.hasSuffix("."))
        #expect(!sentence.contains("\n"))
        #expect(Fault.allCases.filter { $0.definition.sentence == sentence } == [fault])
    }

    @Test func leaksAreWrittenInALine() {
        #expect(
            Fault.racyRegistry.definition.leak?.description
                == "clients permanent at request-sent; with topics until-broadcast"
        )
        #expect(Fault.fdLeak.definition.leak?.description == "fds permanent at request-sent by half-close")
        #expect(Fault.noHeartbeat.definition.leak == nil)
    }

    @Test func whatNoRunFindsSaysWhatItNeeds() {
        let obstacles = Fault.allCases.compactMap { fault in
            fault.definition.foundBy.obstacle.map { "\(fault.rawValue): \($0)" }
        }
        #expect(
            obstacles == [
                "recycles: nothing, as it is none: the self-test takes such a server for a clean one",
                "cross-session-replay: a look at whose events are replayed: hydrotest fuzz",
                "split-utf8: a look at what the events say: hydrotest check, or fuzz",
                "id-injection: a look at what the events say: hydrotest check, or fuzz",
            ]
        )
    }
}
