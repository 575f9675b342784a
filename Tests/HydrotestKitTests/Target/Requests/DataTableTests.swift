import RunProfile
import Testing

@testable import HydrotestKit

@Suite struct DataTableTests {
    private func table(_ text: String) throws -> DataTable { try DataTable(Array(text.utf8)) }

    @Test(arguments: [
        ("a,b\n1,2\n", [["1", "2"]]),
        ("a,b\r\n1,2\r\n3,4", [["1", "2"], ["3", "4"]]),
        ("\u{FEFF}a\n1\n", [["1"]]),
        ("a,b\n,\n", [["", ""]]),
        ("a,b\n1,", [["1", ""]]),
        ("a\n\"x, \"\"y\"\"\r\nz\"\n", [["x, \"y\"\r\nz"]]),
        ("a,b\n\"\",\"1\"\n", [["", "1"]]),
        // Blanks belong to the value; an empty line is no row.
        ("a,b\n 1 , 2\n\n\n3,4\n", [[" 1 ", " 2"], ["3", "4"]]),
        ("a\nein Wört\n", [["ein Wört"]]),
        ("a\n1\r2\n", [["1\r2"]]),
    ])
    func rowsAreRead(text: String, rows: [[String]]) throws {
        #expect(try table(text).rows == rows)
    }

    @Test func theFirstRowNamesTheColumns() throws {
        #expect(try table("prompt,\"max tokens\"\nx,1\n").columns == ["prompt", "max tokens"])
    }

    @Test(arguments: [
        ("", 1, "the file is empty"), ("\n\n", 1, "the file is empty"),
        ("a,b\n", 1, "there is no row below the columns' names"),
        ("a,\n1,2\n", 1, "column 2 has no name"), ("a,a\n1,2\n", 1, "two columns are named \"a\""),
        ("a,b\n1,2\n3\n", 3, "1 value for 2 columns"), ("a,b\n\n1,2,3\n", 3, "3 values for 2 columns"),
        ("a\n\"x\ny\nz", 2, "a quotation mark that never closes"),
        ("a\n\"x\" y\n", 2, "something stands between a closing quotation mark and a comma"),
        ("a\nx\"y\"\n", 2, "a quotation mark within a value; write it twice, and the value between two"),
        ("a\n\"1\n2\"\n3,4\n", 4, "2 values for 1 columns"),
    ])
    func namesWhatIsWrongAndWhere(text: String, line: Int, reason: String) {
        #expect(throws: DataTable.Problem(line: line, reason: reason)) { try table(text) }
    }

    @Test func bytesThatAreNoTextAreRefused() {
        #expect(throws: DataTable.Problem(line: 2, reason: "the text is not UTF-8")) {
            try DataTable(Array("a\n".utf8) + [0xFF, 0x0A])
        }
    }

    @Test func rowsAreBounded() {
        let text = "a\n" + String(repeating: "1\n", count: ProfileLimits.dataRows + 1)
        #expect(throws: DataTable.Problem(line: ProfileLimits.dataRows + 2, reason: "more than 100,000 rows")) {
            try table(text)
        }
    }
}
