import Foundation
import ReferenceServer
import Report
import RunProfile
import Vocabulary

/// What a case of the self-test came to.
public struct SelftestResult: Sendable {
    /// The case.
    public let selftest: SelftestCase
    /// What its runs showed.
    public let diagnosis: FaultDiagnosis
    /// Why a run could not be carried out; nil where all were.
    public let failure: String?
    /// How long it took, in seconds.
    public let seconds: Double
    /// The examinations, in order.
    public private(set) var examinations: [Examined]

    /// One run of a case.
    public struct Examined: Sendable {
        /// The examination's name.
        public let name: String
        /// The profile that repeats it.
        public let profile: String
        /// What the run came to; nil where it could not be carried out, and of a case that came out right.
        public internal(set) var report: ReportDocument?
    }

    /// Whether the fault that was switched on was found; nil where none was.
    public var found: Bool? { selftest.subject.fault.map { diagnosis.faults.contains($0) } }

    /// The faults that were found though they were not switched on, and what else was held against the server.
    public var accusations: [String] {
        let faults = diagnosis.faults.filter { !selftest.subject.faults.contains($0) }
        return faults.map(\.rawValue).sorted() + diagnosis.unexplained
    }

    /// Whether exactly what was switched on was found.
    public var isRight: Bool { found != false && accusations.isEmpty && failure == nil }

    /// Leaves the reports out.
    mutating func forgetReports() {
        for index in examinations.indices { examinations[index].report = nil }
    }
}

/// What was found, by what was switched on: the confusion matrix of the tool.
public struct SelftestMatrix: Codable, Equatable, Sendable {
    /// The runs of one server.
    public struct Row: Codable, Equatable, Sendable {
        /// The fault that was switched on, or `clean`.
        public var server: String
        /// Cases carried out.
        public var cases = 0
        /// Cases in which the fault was found; nil where none was switched on.
        public var found: Int?
        /// Cases in which it was not; nil where none was switched on.
        public var missed: Int?
        /// What else the server was accused of, with the number of cases.
        public var falselyAccused: [String: Int] = [:]
        /// Cases that could not be carried out.
        public var failed = 0
        /// The mean time of a case, in seconds.
        public var seconds = 0.0

        /// Whether every case found what was switched on and nothing else.
        public var isRight: Bool { missed ?? 0 == 0 && falselyAccused.isEmpty && failed == 0 }
    }

    /// The servers, in the order of ``Fault``, the clean ones last.
    public private(set) var rows: [Row] = []

    /// Cases that there should be.
    public private(set) var planned: Int

    /// The matrix of some results.
    ///
    /// - Parameter planned: cases that there should be; fewer results than that are no proof.
    public init(_ results: [SelftestResult], planned: Int) {
        self.planned = planned
        let hidden = SelftestSubject.hiding.flatMap { hiding in
            Fault.allCases.map { SelftestSubject.beside($0, hiding) }
        }
        let subjects =
            Fault.allCases.map(SelftestSubject.fault) + hidden + [.clean, .cleanWithNeighbour, .cleanRecycling]
        rows = subjects.compactMap { subject in
            let own = results.filter { $0.selftest.subject == subject }
            guard !own.isEmpty else { return nil }
            var row = Row(server: subject.name)
            row.cases = own.count
            if subject.fault != nil {
                row.found = own.count { $0.found == true }
                row.missed = own.count { $0.found == false }
            }
            // One case accuses of a thing at most once.
            for accusation in own.flatMap({ Set($0.accusations) }) { row.falselyAccused[accusation, default: 0] += 1 }
            row.failed = own.count { $0.failure != nil }
            row.seconds = own.reduce(0) { $0 + $1.seconds } / Double(own.count)
            return row
        }
    }

    /// Cases that were carried out.
    public var cases: Int { rows.reduce(0) { $0 + $1.cases } }

    /// Whether every case was carried out, and each found what was switched on and nothing else.
    public var passed: Bool { !rows.isEmpty && cases == planned && rows.allSatisfy(\.isRight) }
}

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
        notYetDetectable = untried.reduce(into: [:]) { $0[$1.rawValue] = $1.definition.foundBy.obstacle }
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

/// The self-test's results for people: the confusion matrix, what went wrong, what is not tried.
public struct SelftestText {
    private let matrix: SelftestMatrix
    private let untried: [Fault]

    /// The text of a matrix.
    ///
    /// - Parameter untried: the faults that were asked for and cannot be detected yet.
    public init(_ matrix: SelftestMatrix, untried: [Fault]) {
        self.matrix = matrix
        self.untried = untried
    }

    /// The lines, without line ends.
    public var lines: [String] {
        let headings = ["switched on", "cases", "found", "missed", "seconds", "falsely accused of"]
        let rows = matrix.rows.map { row in
            [
                row.server, "\(row.cases)", row.found.map { "\($0)" } ?? "–", row.missed.map { "\($0)" } ?? "–",
                NumberText.threeDigits(row.seconds), Self.accusations(row),
            ]
        }
        return Self.table([headings] + rows) + obstacles + [verdict]
    }

    private var verdict: String {
        guard !matrix.passed else {
            return "PASS  \(matrix.cases) cases: each fault found by its own name, the clean server never accused"
        }
        let count = matrix.cases == matrix.planned ? "\(matrix.cases)" : "\(matrix.cases) of \(matrix.planned)"
        let wrong = matrix.rows.filter { !$0.isRight }.map(\.server)
        guard !wrong.isEmpty else { return "FAIL  only \(count) cases were carried out" }
        return "FAIL  \(count) cases; not as they should be: \(wrong.joined(separator: ", "))"
    }

    private var obstacles: [String] {
        untried.compactMap { fault in
            fault.definition.foundBy.obstacle.map { "not yet detectable: \(fault.rawValue): needs \($0)" }
        }
    }

    private static func accusations(_ row: SelftestMatrix.Row) -> String {
        let accused = row.falselyAccused.sorted { $0.key < $1.key }.map { "\($0.key) (\($0.value))" }
        let failed = row.failed > 0 ? ["\(row.failed) not carried out"] : []
        let all = accused + failed
        return all.isEmpty ? "–" : all.joined(separator: "; ")
    }

    /// Columns of figures stand to the right, those of words to the left.
    private static func table(_ rows: [[String]]) -> [String] {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = row.enumerated().map { index, cell in
                if index == row.count - 1 { return cell }
                let padding = String(repeating: " ", count: widths[index] - cell.count)
                return index == 0 ? cell + padding : padding + cell
            }
            return cells.joined(separator: "  ")
        }
    }
}
