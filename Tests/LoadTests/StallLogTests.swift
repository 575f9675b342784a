import Testing
import Vocabulary

@testable import Load

@Suite struct StallLogTests {
    private let start: Nanoseconds = 5 * .perSecond

    @Test func looksInTimeAreNoStall() {
        var log = StallLog(startingAt: start)
        for step in 1...100 { log.look(at: start + Nanoseconds(step) * StallLog.longestTurn) }
        #expect(log.length(from: 0, to: .max) == 0)
    }

    @Test func theWholeTimeBetweenTwoLooksIsTheStall() {
        var log = StallLog(startingAt: start)
        log.look(at: start + 300 * .perMillisecond)
        log.look(at: start + 310 * .perMillisecond)
        log.look(at: start + 400 * .perMillisecond)
        #expect(log.length(from: 0, to: .max) == 390 * .perMillisecond)
    }

    @Test func onlyWhatLiesWithinTheMomentsCounts() {
        var log = StallLog(startingAt: start)
        log.look(at: start + 100 * .perMillisecond)
        #expect(
            log.length(from: start + 30 * .perMillisecond, to: start + 50 * .perMillisecond) == 20 * .perMillisecond
        )
        #expect(log.length(from: start + 100 * .perMillisecond, to: .max) == 0)
        #expect(log.length(from: 0, to: start) == 0)
    }

    @Test func theOldestAreForgotten() {
        var log = StallLog(startingAt: 0)
        let stall = StallLog.longestTurn * 2
        for step in 1...(StallLog.capacity + 10) { log.look(at: Nanoseconds(step) * stall) }
        #expect(log.length(from: 0, to: .max) == Nanoseconds(StallLog.capacity) * stall)
        #expect(log.length(from: 0, to: 10 * stall) == 0)
    }
}
