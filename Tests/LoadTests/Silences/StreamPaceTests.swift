import Testing
import Vocabulary

@testable import Load

/// What is a silence of one stream.
@Suite struct StreamPaceTests {
    private func pace(_ gaps: [Nanoseconds]) -> StreamPace {
        var pace = StreamPace()
        for gap in gaps { pace.learn(gap * .perMillisecond) }
        return pace
    }

    private func isSilence(_ pace: StreamPace, _ gap: Nanoseconds, after history: Nanoseconds) -> Bool {
        pace.isSilence(gap * .perMillisecond, after: history * .perMillisecond)
    }

    @Test func aClockThatLeavesOutABeatAndAHalfIsSilent() {
        let clock = pace([1_000, 990, 1_010, 1_000, 1_000])
        #expect(isSilence(clock, 1_520, after: 5_000))
        #expect(!isSilence(clock, 1_500, after: 5_000))
    }

    @Test func whatComesAsItWillMustBeSilentForLonger() {
        let irregular = pace([1_000, 20, 700, 30, 50, 900, 40])
        #expect(!isSilence(irregular, 2_990, after: 5_000))
        #expect(isSilence(irregular, 3_000, after: 5_000))
    }

    @Test func aShortHistoryTellsNothing() {
        let clock = pace([250, 250])
        #expect(!isSilence(clock, 2_500, after: 500))
        #expect(!isSilence(clock, 2_500, after: 740))
        #expect(isSilence(clock, 2_500, after: 750))
        #expect(!isSilence(pace([]), 60_000, after: 1_000))
    }

    @Test func aPromisedBeatStandsForAHistory() {
        let young = pace([250])
        #expect(young.isSilence(2_500 * .perMillisecond, after: 0, promise: 300 * .perMillisecond))
        #expect(!young.isSilence(490 * .perMillisecond, after: 0, promise: 300 * .perMillisecond))
        // A stream that has not kept it before is judged by its own way.
        #expect(!pace([400]).isSilence(800 * .perMillisecond, after: 0, promise: 300 * .perMillisecond))
    }

    @Test func aShortSilenceIsNone() {
        #expect(!isSilence(pace([20, 20, 20]), 499, after: 10_000))
        #expect(isSilence(pace([20, 20, 20]), 500, after: 10_000))
    }

    @Test func piecesOfOneBurstAreNoPace() {
        // Events of 1 s that come in several reads each.
        let bursts = pace([0, 1, 1_000, 0, 2, 1_000, 1, 1_000])
        #expect(isSilence(bursts, 2_500, after: 3_000))
        #expect(!isSilence(bursts, 1_400, after: 3_000))
    }

    @Test func aStreamTakesAFewBytesMore() { #expect(MemoryLayout<StreamPace>.stride == 8) }
}
