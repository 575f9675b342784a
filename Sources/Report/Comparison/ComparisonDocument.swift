import Comparison
import FoundationEssentials

/// A comparison as data.
public struct ComparisonDocument: Codable, Equatable, Sendable {
    /// The version of this document's form.
    public static let currentSchema = "hydrotest.comparison/1"

    /// The document's version.
    public var schema = ComparisonDocument.currentSchema
    /// Whether a condition fails the comparison.
    public var failed: Bool
    /// The run that is compared with.
    public var base: RunComparison.Run
    /// The run that is compared.
    public var new: RunComparison.Run
    /// What makes the runs unlike before any server is asked.
    public var notes: [String]
    /// Every figure side by side.
    public var figures: [FigureChange]
    /// What the conditions came to.
    public var conditions: [FailResult]

    /// The document of a comparison and what its conditions came to.
    public init(_ comparison: RunComparison, results: [FailResult]) {
        failed = results.contains(where: \.failed)
        base = comparison.base
        new = comparison.new
        notes = comparison.notes
        figures = comparison.changes
        conditions = results
    }

    /// The document as JSON, in UTF-8.
    ///
    /// - Throws: `EncodingError` where a value cannot be written.
    public func json() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys, .prettyPrinted]
        return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
    }
}
