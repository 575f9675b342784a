import Record
import RunProfile
import Testing
import Verdict
import Vocabulary

@Suite struct LevelJudgeTests {
    private let span = LevelJudge.Span(streams: 1_000, opening: 2.5, start: 10, end: 22.5)

    /// A level of 1,000 streams of which it opened 500, in good order.
    private func level() -> LevelRecord {
        var level = LevelRecord()
        level.open = 1_000
        level.load.connections.attempted = 500
        level.load.connections.established = 500
        level.load.heartbeat.streams = 500
        level.load.heartbeat.missed = 0
        level.load.heartbeat.interval.record(1_000 * .perMillisecond)
        level.load.latency[.connect].record(2 * .perMillisecond)
        level.load.latency[.event].record(9 * .perMillisecond)
        return level
    }

    private func judge(_ level: LevelRecord, _ thresholds: Threshold..., saturation: [String] = []) -> CapacityLevel {
        let heartbeat = HeartbeatExpectation(expect: .perSecond, longestInterval: 2 * .perSecond, match: "comment")
        return LevelJudge(thresholds: thresholds, heartbeat: heartbeat)
            .judge(level, over: span, saturation: saturation)
    }

    @Test func aLevelInGoodOrderHolds() {
        let judged = judge(level(), Made.threshold(.latency(.connect, .p99), .less, 5e6))
        #expect(judged.held)
        #expect(judged.broke.isEmpty)
        #expect(judged.streams == 1_000)
        #expect(judged.open == 1_000)
        #expect(judged.arrivals == 200)
        #expect([judged.start, judged.end] == [10, 22.5])
        #expect(judged.connectP99 == 2 * .perMillisecond)
        #expect(judged.eventP99 == 9 * .perMillisecond)
        #expect(judged.eventP50 != nil)
        #expect(judged.heartbeatP99 != nil)
        #expect(judged.missed == 0)
        #expect(judged.errors == 0)
    }

    @Test func aThresholdThatBreaksIsNamedWithItsValue() {
        let judged = judge(
            level(),
            Made.threshold(.latency(.connect, .p99), .less, 1e6),
            Made.threshold(.errorCount),
            Made.threshold(.latency(.tlsHandshake, .p99), .less, 1e6)
        )
        #expect(!judged.held)
        #expect(judged.broke == ["connect.p99 < 1000000.0", "tlsHandshake.p99 < 1000000.0"])
        #expect(judged.measures[0].value == 2e6)
        #expect(judged.measures[2].value == nil, "what was not measured breaks, and has no value")
    }

    @Test func whatIsAboutTheWholeRunIsNotAskedOfALevel() {
        let judged = judge(
            level(),
            Made.threshold(.leaks),
            Made.threshold(.connections(.peak), .greaterOrEqual, 9_999),
            Made.threshold(.connections(.completed), .greaterOrEqual, 9_999)
        )
        #expect(judged.held)
        #expect(judged.measures.map(\.expression) == ["streams.open >= 990"])
    }

    @Test(arguments: [(990, true), (989, false)] as [(UInt64, Bool)])
    func aLevelWithoutItsStreamsDoesNotHold(open: UInt64, held: Bool) {
        var level = level()
        level.open = open
        let judged = judge(level)
        #expect(judged.held == held)
        #expect(judged.broke == (held ? [] : ["streams.open >= 990"]))
    }

    /// A server that stops to beat altogether gives no beat that could be counted as late.
    @Test func aBeatThatIsOverdueIsMissed() {
        var level = level()
        level.overdue = 3
        let judged = judge(level, Made.threshold(.heartbeatMissed))
        #expect(judged.missed == 3)
        #expect(judged.broke.count == 1)
        level.load.heartbeat.streams = 0
        level.overdue = 0
        #expect(judge(level, Made.threshold(.heartbeatMissed)).held, "earlier levels' streams are watched as well")
    }

    @Test func aGeneratorThatLagsHoldsNothing() {
        let judged = judge(level(), saturation: ["its loop woke late"])
        #expect(!judged.held)
        #expect(judged.broke.isEmpty, "the server is not blamed")
        #expect(judged.saturation == ["its loop woke late"])
    }
}
