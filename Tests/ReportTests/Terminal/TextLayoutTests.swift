import Testing

@testable import Report

@Suite struct TextLayoutTests {
    @Test func wrapsAtSpaces() {
        #expect(
            TextLayout.wrap("one two three four", width: 10, first: "- ", indent: "  ") == [
                "- one two", "  three", "  four",
            ]
        )
        #expect(TextLayout.wrap("", width: 10, first: "x") == ["x"])
    }

    @Test func cutsWhatIsTooLong() {
        #expect(TextLayout.cut("abcdef", width: 4) == "abc…")
        #expect(TextLayout.cut("abcd", width: 4) == "abcd")
        #expect(TextLayout.cut("ab   ", width: 9) == "ab")
        #expect(TextLayout.wrap("abcdefghij", width: 4) == ["abc…"])
    }

    @Test func tablesAlign() {
        let table = TextTable(headings: ["name", "n"], rows: [["a", "1"], ["bb", "1,000"]])
        #expect(table.lines(width: 80) == ["  name      n", "  a         1", "  bb    1,000"])
    }
}
