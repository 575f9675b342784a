import RunProfile
import Testing
import Vocabulary

@testable import Load

@Suite struct StallLogTests {
    private let start: Nanoseconds = 5 * .perSecond
    /// 200 ms may pass beyond a period: a pulse of 25 ms, a stall from 50 ms.
    private let heartbeat = Self.heartbeat(.perSecond, 0.2)

    private static func heartbeat(_ expect: Nanoseconds, _ tolerance: Double) -> HeartbeatOptions {
        var options = HeartbeatOptions(expect: expect)
        options.tolerance = tolerance
        return options
    }

    @Test func looksInTimeAreNoStall() {
        var log = StallLog(startingAt: start, watching: heartbeat)
        for step in 1...100 { log.look(at: start + Nanoseconds(step) * log.longestTurn) }
        #expect(log.length(from: 0, to: .max) == 0)
    }

    @Test func theWholeTimeBetweenTwoLooksIsTheStall() {
        var log = StallLog(startingAt: start, watching: heartbeat)
        log.look(at: start + 300 * .perMillisecond)
        log.look(at: start + 310 * .perMillisecond)
        log.look(at: start + 400 * .perMillisecond)
        #expect(log.length(from: 0, to: .max) == 390 * .perMillisecond)
    }

    @Test func onlyWhatLiesWithinTheMomentsCounts() {
        var log = StallLog(startingAt: start, watching: heartbeat)
        log.look(at: start + 100 * .perMillisecond)
        #expect(
            log.length(from: start + 30 * .perMillisecond, to: start + 50 * .perMillisecond) == 20 * .perMillisecond
        )
        #expect(log.length(from: start + 100 * .perMillisecond, to: .max) == 0)
        #expect(log.length(from: 0, to: start) == 0)
    }

    @Test func theTimeBetweenLooksFollowsFromWhatABeatMayBeLate() {
        let log = StallLog(startingAt: start, watching: heartbeat)
        #expect(log.pulse == 25 * .perMillisecond)
        #expect(log.longestTurn == 50 * .perMillisecond)
        #expect(log.nextLook == start + 25 * .perMillisecond)
        func pulse(_ expect: Nanoseconds, _ tolerance: Double) -> Nanoseconds {
            StallLog(startingAt: start, watching: Self.heartbeat(expect, tolerance)).pulse
        }
        #expect(pulse(60 * .perSecond, 0.5) == StallLog.longestPulse)
        #expect(pulse(10 * .perMillisecond, 0) == StallLog.shortestPulse)
    }

    @Test func withoutBeatsToWatchSilencesAre() {
        var log = StallLog(startingAt: start, watching: nil)
        #expect(log.nextLook == start + StallLog.longestPulse)
        log.look(at: start + 2 * StallLog.longestPulse)
        #expect(log.length(from: 0, to: .max) == 0)
        log.look(at: start + 100 * .perSecond)
        #expect(log.length(from: 0, to: .max) == 100 * .perSecond - 2 * StallLog.longestPulse)
    }

    @Test func theOldestAreForgotten() {
        var log = StallLog(startingAt: 0, watching: heartbeat)
        let stall = log.longestTurn * 2
        for step in 1...(StallLog.capacity + 10) { log.look(at: Nanoseconds(step) * stall) }
        #expect(log.length(from: 0, to: .max) == Nanoseconds(StallLog.capacity) * stall)
        #expect(log.length(from: 0, to: 10 * stall) == 0)
    }
}
