import Foundation
import Verdict
import Vocabulary

/// Findings for code-scanning pages: SARIF 2.1.0 (OASIS).
public struct SARIFDocument: Encodable {
    struct Message: Encodable { let text: String }
    struct Rule: Encodable {
        let id: String
        let shortDescription: Message
    }
    struct Driver: Encodable {
        let name = "hydrotest"
        let version: String
        let rules: [Rule]
    }
    struct Tool: Encodable { let driver: Driver }
    struct ArtifactLocation: Encodable { let uri: String }
    struct PhysicalLocation: Encodable { let artifactLocation: ArtifactLocation }
    struct Location: Encodable { let physicalLocation: PhysicalLocation }
    struct Result: Encodable {
        let ruleId: String
        let ruleIndex: Int
        let level: String
        let message: Message
        let locations: [Location]
        let partialFingerprints: [String: String]
    }
    struct Run: Encodable {
        let tool: Tool
        let results: [Result]
    }

    private let version = "2.1.0"
    private let schema = "https://json.schemastore.org/sarif-2.1.0.json"
    private let runs: [Run]

    private enum CodingKeys: String, CodingKey {
        case version, runs
        case schema = "$schema"
    }

    /// The document of a summary.
    ///
    /// - Parameter version: of this program.
    public init(_ summary: FuzzSummary, version: String) {
        let rules = ProblemName.titles.map { Rule(id: $0.id, shortDescription: Message(text: $0.title)) }
        // That something was not watched is no result at a place.
        let results = summary.findings.filter { found in rules.contains { $0.id == found.finding.id } }.map { found in
            let evidence = ([found.finding.title] + found.finding.evidence).joined(separator: ". ")
            let steps = found.steps.isEmpty ? "" : "\n\n" + found.steps.joined(separator: "\n")
            return Result(
                ruleId: found.finding.id,
                ruleIndex: rules.firstIndex { $0.id == found.finding.id } ?? 0,
                level: found.finding.severity == .failure ? "error" : "warning",
                message: Message(text: evidence + steps),
                // Pages show no result without a file: the case that repeats it is the nearest there is.
                locations: [Self.location(found.file ?? "hydrotest")],
                partialFingerprints: ["hydrotest/v1": found.finding.title]
            )
        }
        runs = [Run(tool: Tool(driver: Driver(version: version, rules: rules)), results: results)]
    }

    private static func location(_ file: String) -> Location {
        let uri = file.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? file
        return Location(physicalLocation: PhysicalLocation(artifactLocation: ArtifactLocation(uri: uri)))
    }

    /// The document as JSON.
    ///
    /// - Throws: `EncodingError`.
    public func json() throws -> Data { try FuzzDocument.encoder.encode(self) }
}
