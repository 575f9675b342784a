import RunProfile
import Vocabulary

/// The rows of a CSV file (RFC 4180), the first of which names the columns.
///
/// Written here, as a library that pads short rows, takes a quotation mark that never ends for the rest of the file, or
/// trims blanks, would silently send other requests than the file says.
struct DataTable: Equatable {
    /// The columns' names, each once.
    let columns: [String]
    /// The rows, each with a value for every column; at least one.
    let rows: [[String]]

    /// What is wrong with a file, and where.
    struct Problem: Error, Equatable {
        /// The line, from 1.
        let line: Int
        /// What is wrong there.
        let reason: String
    }

    /// Reads a file's bytes.
    ///
    /// - Throws: ``Problem`` for the first thing that is wrong.
    init(_ bytes: [UInt8]) throws(Problem) {
        var reader = DataTableReader(bytes)
        guard let header = try reader.row() else { throw Problem(line: 1, reason: "the file is empty") }
        columns = header.values
        guard columns.count <= ProfileLimits.dataColumns else {
            throw Problem(line: 1, reason: "\(columns.count) columns, which is more than \(ProfileLimits.dataColumns)")
        }
        for (index, name) in columns.enumerated() {
            if name.isEmpty { throw Problem(line: 1, reason: "column \(index + 1) has no name") }
            if columns[..<index].contains(name) { throw Problem(line: 1, reason: "two columns are named \"\(name)\"") }
        }
        var rows: [[String]] = []
        while let row = try reader.row() {
            guard row.values.count == columns.count else {
                let found = "\(row.values.count) value\(row.values.count == 1 ? "" : "s")"
                throw Problem(line: row.line, reason: "\(found) for \(columns.count) columns")
            }
            guard rows.count < ProfileLimits.dataRows else {
                let most = NumberText.grouped(ProfileLimits.dataRows)
                throw Problem(line: row.line, reason: "more than \(most) rows")
            }
            rows.append(row.values)
        }
        guard !rows.isEmpty else { throw Problem(line: 1, reason: "there is no row below the columns' names") }
        self.rows = rows
    }
}
