import FoundationEssentials
import Record
import Testing
import Verdict

@testable import Report
@testable import Schema

@Suite struct ReportSchemaTests {
    @Test func theSchemaHasTheReportsKeys() throws {
        let keys = try ReportSchema.properties(SchemaDeriver()).map(\.name)
        #expect(keys == ReportDocument.CodingKeys.allCases.map(\.rawValue))
    }

    @Test func aKeyIsRequiredWhereEveryReportHasIt() throws {
        let record = RunRecord(profile: "bare", seed: 1, started: 0)
        let bare = ReportDocument(record: record, judgement: Judge(thresholds: []).judge(record))
        let written = try JSONDecoder().decode([String: AnyValue].self, from: Data(try bare.json())).keys
        let required = try ReportSchema.properties(SchemaDeriver()).filter(\.isRequired).map(\.name)
        #expect(Set(required) == Set(written))
    }

    /// A record always has every latency; a report leaves out what was not measured.
    @Test func eachLatencyIsAKey() throws {
        let deriver = SchemaDeriver()
        _ = try ReportSchema.properties(deriver)
        let names = ["connect", "tlsHandshake", "timeToHeaders", "timeToFirstEvent", "event"]
        let record = try #require(deriver.definitions["LatencyRecord"])
        let histogram = JSONSchema.definition("LatencyHistogram")
        #expect(record == .object(names.map { .init($0, histogram, isRequired: true) }))
        let summaries = try #require(deriver.definitions["LatencySummaries"])
        let summary = JSONSchema.definition("LatencySummary")
        let clock = JSONSchema.Property("serverClock", .definition("ServerClockSummary"))
        #expect(summaries == .object(names.map { .init($0, summary) } + [clock]))
    }

    /// A value that nobody looks at.
    private struct AnyValue: Decodable {
        init(from decoder: any Decoder) {}
    }
}
