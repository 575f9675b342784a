import Record
import RunProfile
import Testing
import Verdict
import Vocabulary

/// The search for a window against made-up servers whose window is known.
@Suite struct RaceSearchTests {
    private func microseconds(_ edge: RaceWindow.Edge?) throws -> Double {
        Double(try #require(edge).delay) / 1e3
    }

    /// Both ends to within 20% of the window's width, and well within the budget.
    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func findsBothEnds(seed: UInt64) throws {
        var server = RacingServer(seed: seed)
        let record = server.search(seed: seed)
        let window = try #require(RaceJudge(record: record).window)
        #expect(window.isKnown)
        #expect(abs(try microseconds(window.low) - 80) < 40)
        #expect(abs(try microseconds(window.high) - 280) < 40)
        #expect(window.share > 0.9)
        #expect((record.race?.drops ?? .max) < 5_000)
        #expect(record.race?.end == .known)
    }

    @Test func aWindowThatRarelyLeaksIsFound() throws {
        var server = RacingServer()
        server.share = 0.3
        let record = server.search()
        let window = try #require(RaceJudge(record: record).window)
        #expect(window.isKnown)
        #expect(abs(try microseconds(window.low) - 80) < 40)
        #expect(abs(try microseconds(window.high) - 280) < 40)
        #expect((0.2...0.4).contains(window.share))
    }

    /// The first level of the scan steps over it.
    @Test func aNarrowWindowFarOffIsFound() throws {
        var server = RacingServer()
        server.window = 7_100...7_300
        let window = try #require(RaceJudge(record: server.search()).window)
        #expect(abs(try microseconds(window.low) - 7_100) < 40)
        #expect(abs(try microseconds(window.high) - 7_300) < 40)
    }

    @Test func otherClientsBlurButDoNotMoveIt() throws {
        var server = RacingServer()
        server.others = 3
        let window = try #require(RaceJudge(record: server.search()).window)
        #expect(abs(try microseconds(window.low) - 80) < 40)
        #expect(abs(try microseconds(window.high) - 280) < 40)
    }

    /// Its end is known to a quarter of its width before all fifty slots are lost.
    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func aServerWithFewSlotsLosesThemSlowly(seed: UInt64) throws {
        var server = RacingServer(seed: seed)
        server.window = -1e9...40_000
        server.stalls = 0
        server.slots = 50
        let record = server.search(to: 80 * .perMillisecond, seed: seed)
        let window = try #require(RaceJudge(record: record).window)
        #expect(window.low?.delay == 0)
        #expect(abs(try microseconds(window.high) - 40_000) < 10_000)
    }

    @Test func bothEndsOfTheDelaysComeFirst() {
        var search = RaceSearch(
            stages: [.requestSent],
            gauges: ["state.clients"],
            range: (1 * .perMillisecond)...(9 * .perMillisecond),
            seed: 1
        )
        let steps = (0..<6).compactMap { _ in search.next(after: []) }
        #expect(steps.prefix(4).allSatisfy { $0 == .idle })
        #expect(steps.suffix(2) == [.drop(.requestSent, after: 1_000_000), .drop(.requestSent, after: 9_000_000)])
    }

    @Test func theStageThatLeaksIsFound() throws {
        var server = RacingServer()
        let record = server.search(stages: [.connected, .requestSent, .headersReceived], to: 2 * .perMillisecond)
        #expect(record.race?.stage == .requestSent)
        #expect(RaceJudge(record: record).window?.isKnown == true)
    }

    @Test func aLeakAtAnyDelayHasNoEnds() throws {
        var server = RacingServer()
        server.window = -1e9...1e9
        server.stalls = 0
        let window = try #require(RaceJudge(record: server.search()).window)
        #expect(window.low?.delay == 0)
        #expect(window.high == nil)
        #expect(window.share > 0.99)
    }

    @Test func aLeakFromADelayOnHasALowerEndOnly() throws {
        var server = RacingServer()
        server.window = 500...1e9
        let window = try #require(RaceJudge(record: server.search()).window)
        #expect(abs(try microseconds(window.low) - 500) < 50)
        #expect(window.high == nil)
    }

    @Test(arguments: [0, 2])
    func aCleanServerIsNotAccused(others: Int) {
        var server = RacingServer()
        server.stages = []
        server.others = others
        let record = server.search(budget: 4_000)
        #expect(RaceJudge(record: record).window == nil)
        #expect(record.judged().passed)
        #expect(record.findings("race-not-found").count == 1)
    }

    @Test func theSameSeedAsksForTheSameBatches() {
        func steps(_ seed: UInt64) -> [RaceSearch.Step] {
            var search = RaceSearch(
                stages: [.requestSent, .streaming],
                gauges: ["state.clients"],
                range: 0...(20 * .perMillisecond),
                seed: seed
            )
            return (0..<30).compactMap { _ in search.next(after: []) }
        }
        #expect(steps(1) == steps(1))
        #expect(steps(1) != steps(2))
    }

    @Test func theReportSaysWhereAndHowOften() throws {
        var server = RacingServer()
        let judgement = server.search().judged(Made.threshold(.leaks))
        let leak = try #require(judgement.leaks.first)
        #expect(leak.stage == .requestSent)
        #expect(leak.manner == .fin)
        #expect(leak.class == .permanent)
        #expect(try #require(leak.per1000Drops) > 900)
        #expect(judgement.findings.first?.id == "race-window")
        #expect(!judgement.passed)
        #expect(judgement.thresholds.map(\.passed) == [false])
    }
}
