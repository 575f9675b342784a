import Vocabulary

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
        untried.compactMap { fault in fault.obstacle.map { "not yet detectable: \(fault.rawValue): needs \($0)" } }
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
