import Testing
import Vocabulary

@testable import Fuzzing

/// Which cases may have ended a server.
@Suite struct SuspectsTests {
    private func test(_ number: Int) -> FuzzCase { Made.pauses([Nanoseconds(number)]) }

    @Test func casesStaySuspectsForTheSpan() {
        var suspects = Suspects()
        suspects.note([test(1), test(2)], at: 10 * .perSecond, span: 2 * .perSecond)
        suspects.note([test(3)], at: 12 * .perSecond, span: 2 * .perSecond)
        #expect(suspects.cases == [test(1), test(2), test(3)])
        suspects.note([test(4)], at: 12 * .perSecond + 1, span: 2 * .perSecond)
        #expect(suspects.cases == [test(3), test(4)])
        suspects.clear()
        #expect(suspects.cases.isEmpty)
    }

    @Test func ofTooManyTheLastAreKept() {
        var suspects = Suspects()
        suspects.note((0..<FuzzLimits.suspects + 1).map(test), at: 1, span: 1)
        #expect(suspects.cases.count == FuzzLimits.suspects)
        #expect(suspects.cases.first == test(1))
    }

    @Test(
        arguments: [
            (nil, 2_000), (100, 2_000), (1_000, 2_000), (4_000, 8_000), (15_000, 30_000), (60_000, 30_000),
        ] as [(Nanoseconds?, Nanoseconds)]
    )
    func theSpanFollowsTheHeartbeat(beat: Nanoseconds?, expected: Nanoseconds) {
        let span = Suspects.span(heartbeat: beat.map { $0 * .perMillisecond })
        #expect(span == expected * .perMillisecond)
        #expect(Suspects.span(heartbeat: .max) == 30 * .perSecond)
    }
}
