import Record
import RunProfile
import Testing
import Verdict
import Vocabulary

@Suite struct ProbeFindingTests {
    private func gauge(_ name: String, gaps: [String: UInt64], first: [String: Double]?) -> GaugeRecord {
        var gauge = Made.gauge(name, loadEnd: 0, settle: 0)
        gauge.gaps = gaps
        gauge.firstGaps = first
        return gauge
    }

    @Test func aProbeThatFailedIsToldWithItsReasons() throws {
        var record = Made.record()
        record.gauges = [
            gauge("clients", gaps: ["HTTP_500": 3, "PROBE_BUSY": 90], first: ["HTTP_500": 12.5, "PROBE_BUSY": 1]),
            gauge("timers", gaps: ["HTTP_500": 3, "NOT_A_NUMBER": 2], first: ["HTTP_500": 12.5, "NOT_A_NUMBER": 20]),
        ]
        let finding = try #require(record.findings("probe-failed").first)
        #expect(finding.severity == .warning)
        #expect(finding.title == "probe state: 3 readings failed with HTTP_500, first at 12.5 s")
        #expect(
            finding.evidence.dropFirst() == [
                "Every gauge: HTTP_500, 3 times, first at 12.5 s.",
                "timers: NOT_A_NUMBER, 2 times, first at 20.0 s.",
                "clients: PROBE_BUSY, 90 times, first at 1.00 s.",
            ]
        )
        #expect(record.judged().passed)
    }

    @Test func eachProbeHasItsOwn() {
        var record = Made.record()
        record.gauges = [
            gauge("clients", gaps: ["TIMEOUT": 1], first: nil), Made.gauge("fds", probe: "process", settle: 0),
        ]
        record.gauges[1].gaps = ["EACCES": 2]
        #expect(
            record.findings("probe-failed").map(\.title) == [
                "probe state: 1 reading failed with TIMEOUT", "probe process: 2 readings failed with EACCES",
            ]
        )
    }

    @Test func slownessAloneIsToldOnlyWhereItIsTheRule() {
        var record = Made.record()
        record.gauges = [gauge("clients", gaps: ["PROBE_BUSY": 2], first: ["PROBE_BUSY": 1])]
        var series = Series(unit: "count")
        series.t = [0, 1]
        series.v = [0, 0]
        record.series["state.clients"] = series
        #expect(record.findings("probe-failed").isEmpty)
        record.gauges[0].gaps = ["PROBE_BUSY": 3]
        #expect(record.findings("probe-failed").map(\.severity) == [.info])
    }

    @Test func aServersDeathFailsTheRunAndTellsTheLastDrops() throws {
        var record = Made.record()
        record.gauges = [Made.gauge(loadEnd: 5)]
        record.serverDeath = ServerDeath(
            time: 14,
            probe: "process",
            lastDrops: [
                DropMoment(stage: .requestSent, manner: .fin, time: 13.5),
                DropMoment(stage: .headersReceived, manner: .rst, time: 13.999),
            ]
        )
        let finding = try #require(record.judged().findings.first)
        #expect(finding.id == "server-died")
        #expect(finding.severity == .failure)
        #expect(finding.title == "the server died 14.0 s into the run")
        #expect(
            finding.evidence.suffix(2) == [
                "1.00 ms before: dropped at headers-received (rst).", "500 ms before: dropped at request-sent (fin).",
            ]
        )
        #expect(record.findings("gauge-unreadable").isEmpty)
        #expect(record.judged().leaks.isEmpty)
        record.serverDeath = ServerDeath(time: 14, probe: nil, end: "exited with code 3")
        let bundled = try #require(record.findings("server-died").first)
        #expect(bundled.title == "the server died 14.0 s into the run: it exited with code 3")
        #expect(bundled.evidence.contains("No connection had been dropped on purpose before."))
    }
}
