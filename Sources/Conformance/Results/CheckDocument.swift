import Foundation
import Vocabulary

/// The results of a check for programs.
public struct CheckDocument: Codable, Equatable, Sendable {
    /// The version of this document's form.
    public static let currentSchema = "hydrotest.check/1"

    /// One case.
    public struct Case: Codable, Equatable, Sendable {
        /// The number: `3.2`.
        public var number: String
        /// The section's title.
        public var section: String
        /// A few words.
        public var title: String
        /// How much it binds.
        public var level: RequirementLevel
        /// What was sent.
        public var sent: String
        /// What the standard requires.
        public var requirement: String
        /// The standard and its section.
        public var source: String
        /// `passed`, `failed`, `not applicable` or `not measured`; nil where nothing was judged.
        public var outcome: String?
        /// What was expected; nil unless the case failed.
        public var expected: String?
        /// What came instead; nil unless the case failed.
        public var actual: String?
        /// Why the case was not judged; nil where it was.
        public var reason: String?
    }

    /// The document's version.
    public var schema = CheckDocument.currentSchema
    /// The target.
    public var url: String
    /// Whether no `must` failed.
    public var passed: Bool
    /// Whether a signal ended the check early; nil where none did.
    public var interrupted: Bool?
    /// How long the check took, in seconds.
    public var seconds: Double
    /// Every case that was asked for.
    public var cases: [Case]

    /// The document of a result.
    public init(_ result: CheckResult) {
        url = result.url.description
        passed = result.passed
        interrupted = result.interrupted ? true : nil
        seconds = result.seconds
        cases = result.sections.flatMap { section in section.results.map { Case($0, section.section.title) } }
    }

    /// The document as JSON, with sorted keys.
    ///
    /// - Throws: `EncodingError` where a figure is not finite.
    public func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self) + Data("\n".utf8)
    }
}

extension CheckDocument.Case {
    init(_ result: CaseResult, _ section: String) {
        number = result.number.description
        self.section = section
        title = result.test.title
        level = result.test.level
        sent = result.test.sent
        requirement = result.test.requirement
        source = result.test.source
        outcome = result.outcome.word
        reason = result.outcome.reason
        if case .failed(let expected, let actual) = result.outcome {
            self.expected = expected
            self.actual = actual
        }
    }
}
