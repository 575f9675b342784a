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

    /// A value that nobody looks at.
    private struct AnyValue: Decodable {
        init(from decoder: any Decoder) {}
    }
}
