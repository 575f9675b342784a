import Record
import Report
import Verdict
import Vocabulary

extension Fixture {
    /// A climb that found the server's ceiling.
    static func climb() -> ReportDocument {
        var record = RunRecord(profile: "capacity", seed: 42, started: 1_790_000_000)
        record.ended = record.started + 60
        record.capacity = CapacityRecord(top: 18_000)
        record.capacity?.levels = [level(500), level(1_000), level(1_500, held: false)]
        let finding = Finding(
            id: "capacity",
            severity: .info,
            title: "holds 1,000 streams; breaks at 1,500: connect.p99 < 500ms was 812 ms",
            evidence: []
        )
        return ReportDocument(
            record: record,
            judgement: Judgement(leaks: [], findings: [finding], thresholds: [])
        )
    }

    private static func level(_ streams: UInt64, held: Bool = true) -> CapacityLevel {
        var level = CapacityLevel(
            streams: streams,
            measures: [.init(expression: "connect.p99 < 500ms", value: held ? 3e6 : 8.12e8, held: held)]
        )
        level.open = streams
        level.arrivals = 200
        level.connectP99 = held ? 3 * ms : 812 * ms
        level.eventP50 = 4 * ms
        level.eventP99 = 12 * ms
        level.errors = held ? 0 : 7
        return level
    }
}
