import Foundation
import Vocabulary

/// What a machine allows a run, limit by limit.
public struct DoctorReport: Codable, Equatable, Sendable {
    /// The version of this document's form.
    public static let currentSchema = "hydrotest.doctor/1"
    /// The streams that a limit is called low for not allowing.
    static let ordinary = 10_000

    /// The document's version.
    public var schema = DoctorReport.currentSchema
    /// Plain streams at once; nil where no limit is known.
    public var plain: StreamCapacity?
    /// TLS streams at once; nil where no limit is known.
    public var tls: StreamCapacity?
    /// Every limit that the system tells.
    public var checks: [LimitCheck]

    /// The report on a machine.
    public init(_ limits: MachineLimits) {
        plain = StreamCapacity(limits, bytes: Preflight.plainConnectionBytes)
        tls = StreamCapacity(limits, bytes: Preflight.tlsConnectionBytes)
        checks = LimitChecks(limits: limits).all
    }

    /// The document as JSON, with sorted keys.
    ///
    /// - Throws: `EncodingError` where a value cannot be written.
    public func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self)
    }
}
