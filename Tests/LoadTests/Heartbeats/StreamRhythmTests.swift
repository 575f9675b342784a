import Testing
import Vocabulary

@testable import Load

@Suite struct StreamRhythmTests {
    /// A stream whose beats came after these intervals, in ms.
    private func trend(_ intervals: [Nanoseconds]) -> (mean: Nanoseconds, growth: Double)? {
        var rhythm = StreamRhythm()
        var now: Nanoseconds = 7 * .perSecond
        rhythm.beginBeats(at: now)
        for (index, interval) in intervals.enumerated() {
            now += interval * .perMillisecond
            _ = rhythm.noteInterval(interval * .perMillisecond, number: UInt32(index + 1))
            rhythm.endInterval()
        }
        return rhythm.trend(lastBeatAt: now, count: UInt32(intervals.count))
    }

    @Test func evenIntervalsDoNotGrow() throws {
        let found = try #require(trend([250, 250, 250, 250]))
        #expect(found.mean == 250 * .perMillisecond)
        #expect(abs(found.growth) < 1)
    }

    @Test(arguments: [25, -10] as [Int]) func growthIsTheSlopeOfTheIntervals(step: Int) throws {
        let found = try #require(trend((0..<12).map { Nanoseconds(250 + step * $0) }))
        #expect(abs(found.growth - Double(step) * 1e6) < 1)
        #expect(found.mean == Nanoseconds(Double(250 + Double(step) * 5.5) * 1e6))
    }

    @Test func anIntervalThatIsLateAndMadeUpForIsNoGrowth() throws {
        let found = try #require(trend([250, 250, 450, 50, 250, 250]))
        #expect(abs(found.growth) < 12e6)
        #expect(found.mean == 250 * .perMillisecond)
    }

    @Test func tooFewIntervalsTellNothing() { #expect(trend([250, 300]) == nil) }

    @Test func jitterIsTheDifferenceToTheIntervalBefore() {
        var rhythm = StreamRhythm()
        rhythm.beginBeats(at: 1)
        #expect(rhythm.noteInterval(250 * .perMillisecond, number: 1) == nil)
        #expect(rhythm.noteInterval(257 * .perMillisecond, number: 2) == 7 * .perMillisecond)
        #expect(rhythm.noteInterval(240 * .perMillisecond, number: 3) == 17 * .perMillisecond)
    }

    @Test func eventsCoverABeatUnlessASilenceAmongThemWasTooLong() {
        var rhythm = StreamRhythm()
        #expect(!rhythm.isCovered(within: .perSecond), "nothing came")
        rhythm.noteEvents()
        rhythm.noteGap(900 * .perMillisecond)
        #expect(rhythm.isCovered(within: .perSecond))
        rhythm.noteGap(1_001 * .perMillisecond)
        #expect(!rhythm.isCovered(within: .perSecond))
        rhythm.endInterval()
        #expect(!rhythm.isCovered(within: .perSecond), "events of the last interval do not count")
    }

    @Test func aStreamWhoseBeatsWerePutOffHasNoMeanInterval() {
        var rhythm = StreamRhythm()
        rhythm.beginBeats(at: 1)
        for number in 1...4 as ClosedRange<UInt32> { _ = rhythm.noteInterval(.perSecond, number: number) }
        #expect(rhythm.trend(lastBeatAt: 4 * .perSecond, count: 4) != nil)
        rhythm.noteCovered()
        #expect(rhythm.trend(lastBeatAt: 4 * .perSecond, count: 4) == nil)
    }
}
