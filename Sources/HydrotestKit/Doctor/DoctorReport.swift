import Foundation
import Report
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

/// One limit of the machine, what it allows, and how it is raised.
public struct LimitCheck: Codable, Equatable, Sendable {
    /// The limit's name.
    public var name: String
    /// What it is, as a person reads it.
    public var value: String
    /// The figure; nil where it is none.
    public var figure: Int?
    /// What it allows, in words.
    public var allows: String
    /// Whether it is in the way of ten thousand streams.
    public var low: Bool
    /// The command that raises it; nil where none does.
    public var raise: String?
}

/// How many streams the machine's limits allow one run at once.
public struct StreamCapacity: Codable, Equatable, Sendable {
    /// The streams.
    public var streams: Int
    /// The name of the limit that allows no more.
    public var limitedBy: String

    /// The capacity under some limits; nil where none is known.
    ///
    /// - Parameter bytes: what one stream takes, in bytes.
    init?(_ limits: MachineLimits, bytes: Int) {
        let allowed: [(streams: Int, limit: String)] = [
            (limits.hardDescriptors.map { $0 - Preflight.reservedDescriptors }, "descriptors"),
            (limits.descriptorsOfAll, "descriptors of all processes"),
            (limits.watches, "watched descriptors"),
            (limits.memory.map { $0 / bytes }, "memory"),
            (limits.tracked, "tracked connections"),
        ].compactMap { streams, limit in streams.map { (max(0, $0), limit) } }
        guard let least = allowed.min(by: { $0.streams < $1.streams }) else { return nil }
        streams = least.streams
        limitedBy = least.limit
    }
}

/// A machine's limits as a terminal shows them.
public struct DoctorText {
    private let report: DoctorReport
    private let width: Int
    private let style: TerminalStyle

    /// The text of a report.
    ///
    /// - Parameters:
    ///   - width: the terminal's, in columns.
    ///   - color: whether it shows colours.
    public init(_ report: DoctorReport, width: Int, color: Bool) {
        self.report = report
        self.width = width
        style = TerminalStyle(color: color)
    }

    /// The lines: what fits, each limit, and how those that can be raised are.
    public func lines() -> [String] {
        [capacity, ""] + table + [""] + raising
    }

    private var capacity: String {
        guard let plain = report.plain, let tls = report.tls else { return "This system tells none of its limits." }
        let room =
            plain == tls
            ? "\(NumberText.grouped(plain.streams)) streams at once, plain or TLS (limit: \(plain.limitedBy))"
            : "\(NumberText.grouped(plain.streams)) plain streams (limit: \(plain.limitedBy)) or "
                + "\(NumberText.grouped(tls.streams)) TLS streams (limit: \(tls.limitedBy)) at once"
        return style.apply(.bold, to: "Room for \(room).")
    }

    private var table: [String] {
        let nameWidth = report.checks.map(\.name.count).max() ?? 0
        let valueWidth = report.checks.map(\.value.count).max() ?? 0
        let indent = String(repeating: " ", count: nameWidth + valueWidth + 9)
        return report.checks.flatMap { check in
            let name = check.name + String(repeating: " ", count: nameWidth - check.name.count)
            let value = String(repeating: " ", count: valueWidth - check.value.count) + check.value
            let head = "\(check.low ? "low" : " ok")  \(name)  \(value)  "
            var lines = TextLayout.wrap(check.allows, width: max(width, indent.count + 20), first: head, indent: indent)
            let mark = check.low ? style.apply(.warning, to: "low") : style.apply(.good, to: " ok")
            lines[0] = mark + lines[0].dropFirst(3)
            return lines
        }
    }

    /// The low ones stand first.
    private var raising: [String] {
        let raisable =
            report.checks.filter { $0.low && $0.raise != nil } + report.checks.filter { !$0.low && $0.raise != nil }
        let nameWidth = raisable.map(\.name.count).max() ?? 0
        return ["To raise a limit until the next boot, or this shell's end:"]
            + raisable.map { check in
                let name = check.name + String(repeating: " ", count: nameWidth - check.name.count)
                // A command that is cut off could not be copied.
                return "  \(check.low ? style.apply(.warning, to: name) : name)  \(check.raise ?? "")"
            }
    }
}
