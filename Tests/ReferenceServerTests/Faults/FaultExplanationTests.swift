import Testing
import Vocabulary

@testable import ReferenceServer

@Suite struct FaultExplanationTests {
    @Test(arguments: Fault.allCases)
    func everyFaultIsOneSentence(fault: Fault) {
        let sentence = fault.explanation.sentence
        #expect(sentence.hasSuffix("."))
        #expect(!sentence.contains("\n"))
        #expect(Fault.allCases.filter { $0.explanation == fault.explanation } == [fault])
    }

    @Test func leaksAreWrittenInALine() {
        #expect(
            Fault.racyRegistry.explanation.leak?.description
                == "clients permanent at request-sent; with topics until-broadcast"
        )
        #expect(Fault.fdLeak.explanation.leak?.description == "fds permanent at request-sent by half-close")
        #expect(Fault.noHeartbeat.explanation.leak == nil)
    }
}
