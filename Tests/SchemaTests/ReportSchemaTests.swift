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
        let bare = ReportDocument(record: RunRecord(profile: "bare", seed: 1, started: 0), judgement: Judgement())
        let written = try JSONDecoder().decode([String: AnyValue].self, from: Data(try bare.json())).keys
        let required = try ReportSchema.properties(SchemaDeriver()).filter(\.isRequired).map(\.name)
        #expect(Set(required) == Set(written))
    }

    /// A value that nobody looks at.
    private struct AnyValue: Decodable {
        init(from decoder: any Decoder) {}
    }
}
