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

/// Takes the rows of a CSV file apart (RFC 4180); a line may end in LF alone, and an empty line is no row.
struct DataTableReader {
    private let bytes: ArraySlice<UInt8>
    private var position: Int
    private var line = 1

    /// A reader of a file's bytes; a byte order mark before them is passed over.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        position = self.bytes.startIndex
    }

    /// The next row, and the line it begins in; nil after the last.
    mutating func row() throws(DataTable.Problem) -> (values: [String], line: Int)? {
        while passLineEnd() {}
        guard position < bytes.endIndex else { return nil }
        let start = line
        var values: [String] = []
        while true {
            values.append(try value())
            if pass(",") { continue }
            guard position < bytes.endIndex, !passLineEnd() else { return (values, start) }
            throw DataTable.Problem(line: line, reason: "something stands between a closing quotation mark and a comma")
        }
    }

    private mutating func value() throws(DataTable.Problem) -> String {
        guard pass("\"") else {
            let start = position
            while position < bytes.endIndex, !isEnd(bytes[position]) {
                guard bytes[position] != UInt8(ascii: "\"") else {
                    throw DataTable.Problem(
                        line: line,
                        reason: "a quotation mark within a value; write it twice, and the value between two"
                    )
                }
                position += 1
            }
            return try text(Array(bytes[start..<position]))
        }
        let opened = line
        var value: [UInt8] = []
        while position < bytes.endIndex {
            let byte = bytes[position]
            position += 1
            if byte == UInt8(ascii: "\"") {
                guard pass("\"") else { return try text(value) }
            } else if byte == UInt8(ascii: "\n") {
                line += 1
            }
            value.append(byte)
        }
        throw DataTable.Problem(line: opened, reason: "a quotation mark that never closes")
    }

    private func text(_ bytes: [UInt8]) throws(DataTable.Problem) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw DataTable.Problem(line: line, reason: "the text is not UTF-8")
        }
        return text
    }

    /// Whether a byte ends a value that stands in no quotation marks; a CR does so before a LF only.
    private func isEnd(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: ","), UInt8(ascii: "\n"): true
        case UInt8(ascii: "\r"): position + 1 == bytes.endIndex || bytes[position + 1] == UInt8(ascii: "\n")
        default: false
        }
    }

    private mutating func pass(_ character: Unicode.Scalar) -> Bool {
        guard position < bytes.endIndex, bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func passLineEnd() -> Bool {
        guard position < bytes.endIndex, bytes[position] != UInt8(ascii: ","), isEnd(bytes[position]) else {
            return false
        }
        if bytes[position] == UInt8(ascii: "\r") { position += 1 }
        if position < bytes.endIndex { position += 1 }
        line += 1
        return true
    }
}
