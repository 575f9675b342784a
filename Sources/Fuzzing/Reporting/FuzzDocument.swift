import Foundation
import Verdict
import Vocabulary

/// What a run came to, for programs.
public struct FuzzDocument: Codable, Equatable, Sendable {
    /// The version of this document's form.
    public static let currentSchema = "hydrotest.fuzz/1"

    /// One finding.
    public struct Found: Codable, Equatable, Sendable {
        /// What was found.
        public var finding: Finding
        /// The file that repeats it; absent where none does.
        public var file: String?
        /// The number of the case that was found first.
        public var number: UInt64?
        /// The steps of the shrunk case.
        public var steps: [String]
        /// When it was found, in seconds since the first case.
        public var seconds: Double
    }

    /// The document's version.
    public var schema = FuzzDocument.currentSchema
    /// The server.
    public var target: String
    /// The seed.
    public var seed: UInt64
    /// Whether nothing was found that fails a run.
    public var passed: Bool
    /// Whether a signal ended it.
    public var interrupted: Bool
    /// Cases of each kind.
    public var cases: [String: UInt64]
    /// Cases a second, with the oracles after them, without narrowing and shrinking.
    public var casesPerSecond: Double
    /// How long all took, in seconds.
    public var seconds: Double
    /// The gauges that were watched for leaks.
    public var gauges: [String]
    /// What each of the server's gauges shows, by its name; absent in documents of older versions.
    public var standings: [String: GaugeStanding]?
    /// What was found.
    public var findings: [Found]

    /// The document of a summary.
    public init(_ summary: FuzzSummary) {
        target = summary.target
        seed = summary.seed
        passed = summary.passed
        interrupted = summary.interrupted
        cases = summary.cases.reduce(into: [:]) { $0[$1.key.rawValue] = $1.value }
        casesPerSecond = summary.rate
        seconds = summary.totalSeconds
        gauges = summary.gauges
        standings = Dictionary(summary.proven.gauges.map { ($0.name, $0.standing) }) { first, _ in first }
        findings = summary.findings.map {
            Found(finding: $0.finding, file: $0.file, number: $0.number, steps: $0.steps, seconds: $0.seconds)
        }
    }

    /// The document as JSON, with sorted keys.
    ///
    /// - Throws: `EncodingError` where a figure is not finite.
    public func json() throws -> Data { try Self.encoder.encode(self) }

    static var encoder: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return encoder
    }
}
