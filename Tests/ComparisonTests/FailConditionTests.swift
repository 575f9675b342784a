import Record
import Testing

@testable import Comparison

@Suite struct FailConditionTests {
    private let slower = Made.compare(Made.run(failed: 100), Made.run(failed: 110, factor: 1.2))

    @Test(
        arguments: [
            ("connect.p99 > +10%", true), ("connect.p99 > +30%", false), ("connect.p50>+100us", true),
            ("connect.p50 > +1s", false), ("connect.max > +10%", true), ("errors.rate > +5%", false),
            ("errors.rate > +0.05pp", false), ("connections.attempted < -0%", false),
            ("connections.attempted >= +0", true), ("connect.p99 < -5%", false),
        ]
    )
    func judges(text: String, failed: Bool) throws {
        #expect(try FailCondition(text).judge(slower).map(\.failed) == [failed])
    }

    @Test func noiseFailsNothingAndSaysSo() throws {
        #expect(try FailCondition("errors.rate > +5%").judge(slower).map(\.reason) == [.noise])
    }

    @Test func aStarStandsForAnyFigure() throws {
        let results = try FailCondition("connect.* > +10%").judge(slower)
        #expect(results.map(\.figure) == ["connect.p50", "connect.p90", "connect.p99", "connect.p999", "connect.max"])
    }

    @Test func aFigureThatWentMissingFails() throws {
        var new = Made.run()
        new.load.latency = LatencyRecord()
        let gone = try FailCondition("connect.p99 > +10%").judge(Made.compare(Made.run(), new))
        #expect(gone.map(\.reason) == [.notMeasured] && gone.allSatisfy(\.failed))
        let fresh = try FailCondition("connect.p99 > +10%").judge(Made.compare(new, Made.run()))
        #expect(fresh.map(\.reason) == [.noBase] && !fresh.contains(where: \.failed))
    }

    @Test func anythingIsMoreThanAShareOfZero() throws {
        let comparison = Made.compare(Made.run(failed: 0), Made.run(failed: 100))
        #expect(try FailCondition("errors.rate > +10000%").judge(comparison).map(\.reason) == [.past])
    }

    @Test(arguments: ["", "connect.p99", "connect.p99 > 10%", "> +10%", "connect.p99 > +ten%"])
    func malformedOnesAreRefused(text: String) {
        #expect(throws: FailConditionError.self) { try FailCondition(text) }
    }

    @Test func unknownFiguresAndUnitsAreRefused() throws {
        let unknown = try FailCondition("conect.p99 > +10%")
        #expect(throws: FailConditionError.unknownFigure(unknown.expression, "conect.p99", nearest: "connect.p99")) {
            try unknown.judge(slower)
        }
        let unit = try FailCondition("connect.p99 > +3MiB")
        #expect(throws: FailConditionError.wrongUnit(unit.expression, "+3MiB", .nanoseconds)) { try unit.judge(slower) }
    }
}
