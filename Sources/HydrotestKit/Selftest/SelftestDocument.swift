import Foundation
import RunProfile
import Vocabulary

/// The self-test's results for programs.
public struct SelftestDocument: Codable, Equatable, Sendable {
    /// The version of this document's form.
    public static let currentSchema = "hydrotest.selftest/1"

    /// One case.
    public struct Case: Codable, Equatable, Sendable {
        /// The fault that was switched on, or `clean`.
        public var server: String
        /// How clients connected: `plain` or `tls`.
        public var transport: String
        /// The seed.
        public var seed: UInt64
        /// The faults that were found.
        public var found: [String]
        /// What else was held against the server.
        public var unexplained: [String]
        /// Why it could not be carried out; nil where it was.
        public var failure: String?
        /// Whether exactly what was switched on was found.
        public var right: Bool
        /// How long it took, in seconds.
        public var seconds: Double
    }

    /// The document's version.
    public var schema = SelftestDocument.currentSchema
    /// Whether every case was carried out, and each found what was switched on and nothing else.
    public var passed: Bool
    /// Cases that there should be.
    public var planned: Int
    /// How long the self-test took, in seconds.
    public var seconds: Double
    /// The confusion matrix.
    public var matrix: [SelftestMatrix.Row]
    /// The faults that cannot be detected yet, with what that needs.
    public var notYetDetectable: [String: String]
    /// Every case.
    public var cases: [Case]

    /// The document of some results.
    ///
    /// - Parameters:
    ///   - planned: cases that there should be.
    ///   - untried: the faults that were asked for and cannot be detected yet.
    ///   - seconds: how long all took, in seconds.
    public init(_ results: [SelftestResult], planned: Int, untried: [Fault], seconds: Double) {
        let matrix = SelftestMatrix(results, planned: planned)
        self.planned = planned
        passed = matrix.passed
        self.seconds = seconds
        self.matrix = matrix.rows
        notYetDetectable = untried.reduce(into: [:]) { $0[$1.rawValue] = $1.obstacle }
        cases = results.map { result in
            Case(
                server: result.selftest.subject.name,
                transport: result.selftest.transport.rawValue,
                seed: result.selftest.seed,
                found: result.diagnosis.faults.map(\.rawValue).sorted(),
                unexplained: result.diagnosis.unexplained,
                failure: result.failure,
                right: result.isRight,
                seconds: result.seconds
            )
        }
    }

    /// The document as JSON, with sorted keys.
    ///
    /// - Throws: `EncodingError` where a figure is not finite.
    public func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self)
    }
}
