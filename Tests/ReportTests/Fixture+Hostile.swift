import Record
import Report
import Verdict
import Vocabulary

extension Fixture {
    /// Text that would end an element, a table's cell, a command and a line, wherever it is not escaped.
    static let hostileText = "</a>]]>&<b x=\"1\">|`*_[x](y)\u{1B}[31m\u{0}\u{FFFE}\r\n::error::x%,:@all"

    /// A run whose names all come from a hostile server or profile.
    static func hostile() -> ReportDocument {
        var record = leakyRecord()
        record.profile = hostileText
        record.environment.target = hostileText
        record.load.errors = [hostileText: 1]
        record.series = [hostileText: Series(unit: hostileText)]
        record.series[hostileText]?.append(0, 1)
        var leak = leakyJudgement.leaks[0]
        leak.gauge = hostileText
        let finding = Finding(id: hostileText, severity: .failure, title: hostileText, evidence: [hostileText])
        let threshold = ThresholdResult(expression: hostileText, value: nil, passed: false)
        return ReportDocument(
            record: record,
            judgement: Judgement(leaks: [leak], findings: [finding], thresholds: [threshold])
        )
    }

    /// A run of which one latency is known: 100 spans from 1 µs to an hour.
    static func spans() -> ReportDocument {
        var record = RunRecord(profile: "spans", seed: 1, started: 1_790_000_000)
        record.ended = record.started + 96
        record.load.latency[.connect].record(1_000, count: 2)
        record.load.latency[.connect].record(1 * ms, count: 90)
        record.load.latency[.connect].record(2 * ms, count: 7)
        record.load.latency[.connect].record(3_600 * .perSecond)
        return ReportDocument(record: record, judgement: Judgement(leaks: [], findings: [], thresholds: []))
    }
}
