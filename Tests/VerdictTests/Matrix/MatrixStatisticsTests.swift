import Record
import RunProfile
import Testing
import Verdict
import Vocabulary

/// The statistics of a drop matrix on made-up cycles.
@Suite struct MatrixStatisticsTests {
    private static let cells = Stage.passed(tls: false).flatMap { stage in
        [Manner.fin, .rst].map { MatrixCell(stage: stage, manner: $0) }
    }
    private static let leaking = MatrixCell(stage: .requestSent, manner: .fin)

    /// Cycles of every cell in rounds, an idle one after every round, each a second long.
    private func record(
        rounds: Int = 5,
        unit: GaugeRecord.Unit = .count,
        change: (_ cell: MatrixCell?, _ position: Int) -> Double
    ) -> RunRecord {
        var record = Made.record()
        var gauge = Made.gauge(unit: unit, settle: 0)
        gauge.baseline = 0
        record.gauges = [gauge]
        record.phases = Made.phases([.baseline, .load, .settle])
        var matrix = MatrixRecord(planned: UInt64(rounds * (Self.cells.count + 1)))
        let round: [MatrixCell?] = Self.cells + [nil]
        for (position, cell) in (0..<rounds).flatMap({ _ in round }).enumerated() {
            matrix.cycles.append(
                MatrixCycle(
                    cell: cell,
                    drops: cell == nil ? 0 : 50,
                    start: Double(position),
                    end: Double(position + 1),
                    changes: ["state.clients": change(cell, position)]
                )
            )
        }
        record.matrix = matrix
        return record
    }

    private func leaks(_ record: RunRecord) -> [MatrixCell] {
        MatrixJudge(record: record).gauges.flatMap(\.cells).filter(\.leaks)
            .map { MatrixCell(stage: $0.stage, manner: $0.manner) }
    }

    @Test func aCellThatLeaksIsNamedWithItsRate() throws {
        var random = SplitMix64(seed: 1)
        let record = record { cell, _ in cell == Self.leaking ? Double(Int.random(in: 8...12, using: &random)) : 0 }
        #expect(leaks(record) == [Self.leaking])
        let cell = try #require(MatrixJudge(record: record).gauges[0].cells.first { $0.leaks })
        let (low, high) = (try #require(cell.low), try #require(cell.high))
        #expect((160...240).contains(cell.per1000Drops))
        #expect(low < cell.per1000Drops && cell.per1000Drops < high)
        #expect(cell.drops == 250)
        #expect(cell.cycles == 5)
        let judgement = record.judged(Made.threshold(.leaks))
        let leak = try #require(judgement.leaks.first)
        #expect(judgement.leaks.count == 1)
        #expect(leak.stage == .requestSent && leak.manner == .fin)
        #expect(leak.leaked == cell.per1000Drops / 4)
        #expect(judgement.thresholds.map(\.value) == [1])
        #expect(!judgement.passed)
    }

    /// The interval is the mean's, by Student's t with 4 degrees of freedom: 10 ± 2.776 · 1.581 / √5.
    @Test func theIntervalIsStudents() throws {
        let changes = [8.0, 9, 10, 11, 12]
        let record = record { cell, position in cell == Self.leaking ? changes[position / (Self.cells.count + 1)] : 0 }
        let cell = try #require(MatrixJudge(record: record).gauges[0].cells.first { $0.leaks })
        #expect(abs(try #require(cell.low) - 20 * 8.037) < 0.1)
        #expect(abs(try #require(cell.high) - 20 * 11.963) < 0.1)
    }

    @Test func aDriftOfTheServerIsNoLeak() {
        var random = SplitMix64(seed: 2)
        let drifting = record { _, _ in 4 + Double(Int.random(in: -1...1, using: &random)) }
        #expect(leaks(drifting) == [])
        #expect(drifting.judged(Made.threshold(.leaks)).passed)
        let both = record { cell, _ in 4 + (cell == Self.leaking ? 20 : 0) }
        #expect(leaks(both) == [Self.leaking])
        #expect(MatrixJudge(record: both).gauges[0].cells.first { $0.leaks }?.per1000Drops == 400)
    }

    /// Other clients open and close streams all the while: in no seed is a clean cell accused.
    @Test func otherClientsStreamsAreNoLeak() {
        for seed in 0..<100 as Range<UInt64> {
            var random = SplitMix64(seed: seed)
            let record = record { _, _ in Double(Int.random(in: -6...6, using: &random)) }
            #expect(leaks(record) == [], "seed \(seed)")
        }
    }

    @Test func aLeakShowsThroughOtherClientsStreams() {
        for seed in 0..<20 as Range<UInt64> {
            var random = SplitMix64(seed: seed)
            let record = record { cell, _ in
                Double(Int.random(in: -6...6, using: &random)) + (cell == Self.leaking ? 50 : 0)
            }
            #expect(leaks(record) == [Self.leaking], "seed \(seed)")
        }
    }

    /// What is opened once and kept shows in one cycle of whatever cell came first.
    @Test func whatIsKeptOnceIsNoLeak() {
        let record = record { _, position in position < 6 ? 3 : 0 }
        #expect(leaks(record) == [])
    }

    @Test func anAllocatorThatKeepsMemoryIsNoLeak() {
        var random = SplitMix64(seed: 3)
        let record = record(unit: .bytes) { cell, position in
            // It grows by less and less, and by pages.
            cell == nil ? 0 : 4096 * (4_000 / Double(position + 1)).rounded() * Double.random(in: 0...1, using: &random)
        }
        #expect(leaks(record) == [])
        #expect(record.findings("memory-grows") == [])
    }

    @Test func memoryThatGrowsWithEveryDropIsToldAndFailsNothing() throws {
        let record = record(unit: .bytes) { cell, position in
            cell == Self.leaking ? 500_000 + Double(position % 7) * 4096 : Double(position % 3) * 4096
        }
        let finding = try #require(record.findings("memory-grows").first)
        #expect(finding.severity == .warning)
        #expect(finding.title.contains("request-sent (fin)"))
        #expect(record.judged().leaks == [])
        #expect(record.judged().passed)
    }

    @Test func aSingleCycleProvesNothing() {
        let record = record(rounds: 1) { cell, _ in cell == Self.leaking ? 50 : 0 }
        #expect(leaks(record) == [])
        #expect(record.judged(Made.threshold(.leaks)).thresholds.map(\.value) == [nil])
    }

    @Test func aGaugeThatCouldNotBeReadIsNotJudged() {
        var record = record { _, _ in 0 }
        for index in record.matrix?.cycles.indices ?? 0..<0 { record.matrix?.cycles[index].changes = [:] }
        let judgement = record.judged(Made.threshold(.leaks))
        #expect(judgement.thresholds.map(\.value) == [nil])
        #expect(judgement.findings.contains { $0.id == "gauge-unreadable" })
    }

    @Test func thresholdsOnHeldStreamsAreLeftOut() {
        let record = record { _, _ in 0 }
        let judgement = record.judged(Made.threshold(.leaks), Made.threshold(.heartbeatMissed))
        #expect(judgement.thresholds.count == 1)
        #expect(judgement.findings.map(\.id) == ["thresholds-not-judged"])
        #expect(judgement.passed)
    }
}
