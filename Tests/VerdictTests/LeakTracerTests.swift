import Record
import Testing
import Verdict
import Vocabulary

@Suite struct LeakTracerTests {
    private func record(_ drops: [DropCount]) -> RunRecord {
        var record = Made.record()
        record.gauges = [Made.leakingGauge()]
        record.load.drops = drops
        record.load.connections.dropped = drops.reduce(0) { $0 + $1.count }
        return record
    }

    private let mixed = [
        DropCount(stage: .requestSent, manner: .fin, count: 3_000),
        DropCount(stage: .headersReceived, manner: .rst, count: 2_000),
    ]

    @Test func cellsThatLeaveSomethingAreRowsTheHighestRateFirst() {
        var record = record(mixed)
        record.attributions = [
            Made.attribution(.requestSent, .fin, residual: 5),
            Made.attribution(.requestSent, .rst, residual: 0),
            Made.attribution(.headersReceived, .rst, residual: 10),
        ]
        let leaks = record.judged().leaks
        #expect(leaks.map(\.stage) == [.headersReceived, .requestSent])
        #expect(leaks.map(\.manner) == [.rst, .fin])
        #expect(leaks.map(\.leaked) == [10, 5])
        #expect(leaks.map(\.per1000Drops) == [200, 100])
        #expect(leaks.allSatisfy { $0.drops == 50 && $0.class == .permanent && $0.probe == "state" })
        #expect(record.findings("leak-not-attributed").isEmpty)
    }

    @Test func rowsCarryTheIntervalPerThousandDrops() throws {
        var record = record(mixed)
        record.attributions = [Made.attribution(.requestSent, .fin, drops: 100, residual: 5)]
        let leak = try #require(record.judged().leaks.first)
        #expect(abs(try #require(leak.low) - 21.54) < 0.05)
        #expect(abs(try #require(leak.high) - 111.75) < 0.05)
    }

    @Test func withoutAShowingCellTheRowIsOverTheWholeRun() throws {
        var record = record(mixed)
        record.attributions = [Made.attribution(.requestSent, .fin, residual: 0)]
        let leaks = record.judged().leaks
        #expect(leaks.count == 1)
        let leak = try #require(leaks.first)
        #expect(leak.stage == nil)
        #expect(leak.manner == nil)
        #expect(leak.drops == 5_000)
        #expect(leak.leaked == 16)
        #expect(leak.per1000Drops == 3.2)
        #expect(record.findings("leak-not-attributed").count == 1)
    }

    @Test func cellsOfOtherGaugesDoNotCount() {
        var record = record(mixed)
        var other = Made.attribution(.requestSent, .fin, residual: 5)
        other.probe = "metrics"
        record.attributions = [other]
        #expect(record.judged().leaks.map(\.stage) == [nil])
    }

    @Test func aRunOfOneStageAndMannerNeedsNoAttribution() throws {
        let record = record([DropCount(stage: .requestSent, manner: .fin, count: 5_000)])
        let leak = try #require(record.judged().leaks.first)
        #expect(leak.stage == .requestSent)
        #expect(leak.manner == .fin)
        #expect(leak.drops == 5_000)
        #expect(leak.per1000Drops == 3.2)
        #expect(record.findings("leak-not-attributed").isEmpty)
    }

    @Test func aRunOfOneStageIsNotBlamedWhereTheStageAloneLeftNothing() {
        var record = record([DropCount(stage: .requestSent, manner: .fin, count: 5_000)])
        record.attributions = [Made.attribution(.requestSent, .fin, residual: 0)]
        #expect(record.judged().leaks.map(\.stage) == [nil])
    }

    @Test func aLeakWithoutDropsHasNoRate() throws {
        let record = record([])
        let leak = try #require(record.judged().leaks.first)
        #expect(leak.drops == 0)
        #expect(leak.leaked == 16)
        #expect(leak.per1000Drops == nil)
        #expect(leak.low == nil)
        #expect(leak.high == nil)
        #expect(record.findings("leak").first?.title == "clients: 16 leaked, permanent")
    }

    @Test func whatDoesNotLeakHasNoRow() {
        var record = record(mixed)
        record.gauges = [Made.gauge(loadEnd: 9, settle: 0)]
        record.attributions = [Made.attribution(.requestSent, .fin, residual: 5)]
        #expect(record.judged().leaks.isEmpty)
    }

    @Test func theWorstClassComesFirst() {
        var record = record(mixed)
        record.gauges = [
            Made.gauge("timers", settle: 5, inactivity: 0, publish: 0),
            Made.leakingGauge(),
            Made.gauge("topics", settle: 5, inactivity: 5, publish: 0),
        ]
        #expect(record.judged().leaks.map(\.class) == [.permanent, .untilBroadcast, .bounded])
    }
}
