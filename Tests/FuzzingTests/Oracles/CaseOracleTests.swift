import Testing

@testable import Fuzzing

@Suite struct CaseOracleTests {
    private func problems(_ change: (inout Observation) -> Void) -> [Problem] {
        var seen = Observation()
        change(&seen)
        return CaseOracle.problems(in: CaseOutcome(index: 5, observations: [Observation(), seen]))
    }

    @Test func nothingIsWrongWithAnOrdinaryExchange() {
        #expect(
            problems {
                $0.statuses = [100, 400]
                $0.end = "ECONNRESET"
                $0.bytes = 4 << 20
                $0.bytesAfterStall = FuzzLimits.queuedBytes
            }.isEmpty
        )
    }

    @Test func eachThingThatMustNotBeIsNamed() {
        #expect(problems { $0.forged = "id: forged-x" }.map(\.key.id) == [ProblemName.forgedField])
        #expect(problems { $0.foreign = Stamp(topic: "b") }.map(\.key.id) == [ProblemName.foreignEvent])
        #expect(problems { $0.brokenText = "\u{FFFD}" }.map(\.key.id) == [ProblemName.brokenText])
        #expect(problems { $0.malformed = "BAD_CHUNK_SIZE" }.map(\.key.id) == [ProblemName.malformedResponse])
        #expect(
            problems { $0.bytesAfterStall = FuzzLimits.queuedBytes + 1 }.map(\.key.id) == [ProblemName.unboundedQueue]
        )
    }

    @Test func theCaseIsNamed() { #expect(problems { $0.forged = "id: x" }.first?.index == 5) }
}
