import Report
import Testing

@Suite struct MarkdownReportTests {
    @Test func theVerdictComesFirst() {
        let page = MarkdownReport(Fixture.leaky()).render()
        #expect(page.hasPrefix("## ❌ FAIL: soak-ci\n"))
        #expect(page.contains("| **Leaks** | **3** gauges that leak |"))
        #expect(page.contains("| `leaks == 0` | 3 | ❌ fails |"))
        #expect(page.contains("- ❌ **The gauge clients keeps 171"))
        #expect(page.contains("| connect |"))
    }

    @Test func everyRowOfATableHasItsCells() {
        for document in [Fixture.leaky(), Fixture.hostile(), Fixture.empty()] {
            var width: Int?
            for line in MarkdownReport(document).render().split(separator: "\n", omittingEmptySubsequences: false) {
                guard line.hasPrefix("|") else {
                    width = nil
                    continue
                }
                let cells = line.replacing("\\|", with: "").count { $0 == "|" }
                #expect(width == nil || cells == width, "\(line)")
                width = cells
            }
        }
    }

    @Test func hostileTextOpensNothing() {
        // What stands between backquotes is code, and opens nothing.
        let page = MarkdownReport(Fixture.hostile()).render().replacing("\\`", with: "")
            .split(separator: "`", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset.isMultiple(of: 2) }.map(\.element).joined()
        #expect(!page.contains("<b "))
        #expect(!page.contains("</a>"))
        #expect(!page.contains("\u{1B}"))
        #expect(!page.contains("\r"))
        #expect(!page.replacing("\\[", with: "").contains("[x"))
    }
}
