import EventStream
import FoundationEssentials
import Record
import RunProfile
import Vocabulary

/// One member of a journal: all that was known of the run at a moment, and of its series what is new.
///
/// A member is a gzip file of its own (RFC 1952, 2.2) with one JSON object, so that `gzip -dc run.journal` lists them.
struct JournalEntry: Codable, Equatable, Sendable {
    /// The version of this form.
    static let currentSchema = "hydrotest.journal/1"
    /// The most bytes that a member unpacks to.
    static let mostBytes = 64 << 20
    /// What every member of this version begins with (RFC 1952, 2.3); its compressed data never does.
    static let start = Array(GzipEncoder.compress([], level: level).prefix(10))

    private static let level = 6

    /// The form's version.
    var schema = JournalEntry.currentSchema
    /// Its place in the run, from 0.
    var number: Int
    /// What the run is judged by.
    var terms: JournalTerms
    /// The record; its series hold the points since the entry before.
    var record: RunRecord
    /// The series of which all points are there, in place of those before.
    var replaced: [String]

    /// The member's bytes.
    ///
    /// - Throws: `EncodingError` where a value cannot be written.
    func encoded() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf",
            negativeInfinity: "-inf",
            nan: "nan"
        )
        return GzipEncoder.compress(Array(try encoder.encode(self)) + [UInt8(ascii: "\n")], level: Self.level)
    }

    /// Reads a member.
    ///
    /// - Parameter consumed: set to the member's length; what follows it is left alone.
    /// - Throws: ``InflateError`` where it is not whole, `DecodingError` where it is no entry of this version.
    init(member: [UInt8], consumed: inout Int) throws {
        struct Form: Decodable { let schema: String }

        let unpacked = try GzipDecoder.unpackMember(member, limit: Self.mostBytes)
        consumed = unpacked.consumed
        let json = Data(unpacked.bytes)
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf",
            negativeInfinity: "-inf",
            nan: "nan"
        )
        let schema = try decoder.decode(Form.self, from: json).schema
        guard schema == Self.currentSchema else { throw JournalError.unknownForm(schema) }
        self = try decoder.decode(Self.self, from: json)
    }

    init(number: Int, terms: JournalTerms, record: RunRecord, replaced: [String]) {
        self.number = number
        self.terms = terms
        self.record = record
        self.replaced = replaced
    }
}

/// What a run is judged by, as a journal keeps it: a recovered record is judged as the run itself would have been.
public struct JournalTerms: Codable, Equatable, Sendable {
    private struct Term: Codable, Equatable {
        let expression: String
        let scenario: String?
        let metric: String
        let comparison: String
        let bound: Double
    }

    private let terms: [Term]
    private let tolerance: Double
    private let byteTolerance: Double?

    /// The terms of a profile.
    public init(thresholds: [Threshold], leak: LeakOptions) {
        terms = thresholds.map {
            Term(
                expression: $0.expression,
                scenario: $0.scenario,
                metric: $0.metric.name,
                comparison: $0.comparison.rawValue,
                bound: $0.bound
            )
        }
        tolerance = leak.tolerance
        byteTolerance = leak.byteTolerance
    }

    /// The thresholds; one of a metric that this version does not know is left out.
    public var thresholds: [Threshold] {
        terms.compactMap { term in
            guard let metric = ThresholdMetric.all.first(where: { $0.name == term.metric }),
                let comparison = Threshold.Comparison(rawValue: term.comparison)
            else { return nil }
            return Threshold(
                expression: term.expression,
                scenario: term.scenario,
                metric: metric,
                comparison: comparison,
                bound: term.bound
            )
        }
    }

    /// What growth is tolerated.
    public var leak: LeakOptions {
        var options = LeakOptions()
        options.tolerance = tolerance
        options.byteTolerance = byteTolerance
        return options
    }
}
