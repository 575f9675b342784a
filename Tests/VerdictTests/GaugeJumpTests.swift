import Record
import RunProfile
import Testing
import Verdict
import Vocabulary

/// Gauges that fall as no client can make them fall.
@Suite struct GaugeJumpTests {
    /// A baseline of a second, a load of nine with streams open, and a gauge read each second.
    private func record(_ values: [Double], unit: GaugeUnit = .count, streams: Double = 100) -> RunRecord {
        var record = Made.record()
        record.phases = [Phase(name: .baseline, start: 0, end: 1), Phase(name: .load, start: 1, end: 10)]
        record.phases.append(Phase(name: .settle, start: 10, end: 12))
        var gauge = Made.gauge(unit: unit, loadEnd: 20, settle: 16)
        gauge.baseline = values[0]
        record.gauges = [gauge]
        var series = Series(unit: unit.rawValue)
        series.t = values.indices.map { Double($0) + 0.5 }
        series.v = values
        record.series["state.clients"] = series
        var open = Series(unit: "streams")
        open.t = (0..<10).map { Double($0) }
        open.v = open.t.map { $0 >= 1 && $0 < 9 ? streams : 0 }
        record.series["streams"] = open
        return record
    }

    @Test func aGaugeBelowItsBaselineUnderLoadIsAnotherServers() throws {
        let record = record([10, 110, 110, 2, 50])
        let finding = try #require(record.findings("gauge-jumped-back").first)
        #expect(finding.severity == .warning)
        #expect(finding.title == "state.clients: jumped back from 110 to 2 at 3.50 s; did the server restart?")
        #expect(record.judged().leaks.isEmpty)
        #expect(record.findings("leak").isEmpty)
        #expect(record.findings("gauge-unreadable").isEmpty)
        // The verdict does not rest on it, and so does not acquit it either.
        let leaks = try #require(record.judged(Made.threshold(.leaks)).thresholds.first)
        #expect(leaks.value == nil)
    }

    @Test(
        arguments: [
            // It grows; other clients leave; it never had been above the baseline; it drains to nothing from nothing.
            ([10, 110, 120], 100), ([10, 110, 6], 100), ([10, 10, 2], 100), ([0, 100, 0], 100),
            // No stream is open, and the load is over.
            ([10, 110, 2], 0), ([10, 110, 110, 110, 110, 110, 110, 110, 110, 110, 2], 100),
        ] as [([Double], Double)]
    )
    func otherFallsAreNone(values: [Double], streams: Double) {
        #expect(record(values, streams: streams).findings("gauge-jumped-back").isEmpty)
    }

    @Test func aTotalThatFallsHasStartedAnew() {
        #expect(record([5, 6, 7, 1], unit: .total).findings("gauge-jumped-back").count == 1)
        #expect(record([5, 5, 7, 7], unit: .total).findings("gauge-jumped-back").isEmpty)
        // What only grows leaves no residual that could leak.
        #expect(record([5, 5, 7, 7], unit: .total).judged().leaks.isEmpty)
    }

    @Test func aFallAcrossRefusedConnectionsIsARestart() {
        var record = record([0, 100, 40])
        record.gauges[0].gaps = ["ECONNREFUSED": 2]
        record.gauges[0].firstGaps = ["ECONNREFUSED": 2.1]
        #expect(record.findings("gauge-jumped-back").count == 1)
        record.gauges[0].firstGaps = ["ECONNREFUSED": 0.9]
        #expect(record.findings("gauge-jumped-back").isEmpty)
        record.gauges[0].gaps = ["TIMEOUT": 2]
        record.gauges[0].firstGaps = ["TIMEOUT": 2.1]
        #expect(record.findings("gauge-jumped-back").isEmpty)
    }
}
