import Testing

@testable import Report

@Suite struct HTMLPageTests {
    private let page = HTMLPage(
        title: "A page",
        header: "<header><h1>A</h1></header>",
        skip: (id: "b", words: "Skip to B"),
        main: HTMLPage.banner(passed: false, ["why", "next"]) + "<section id=\"b\"></section>",
        footer: "<footer></footer>"
    ).render()

    @Test func isWhole() {
        #expect(MarkupChecker(page).problem == nil)
        #expect(page.hasPrefix("<!doctype html>\n<html lang=\"en\">"))
        #expect(page.contains("<title>A page</title>"))
        #expect(page.contains("<h2>Fail</h2><p>why</p><p>next</p>"))
    }

    @Test func theSkipLinkComesFirst() throws {
        let link = try #require(page.firstRange(of: "<a class=\"skip\" href=\"#b\">Skip to B</a>"))
        let header = try #require(page.firstRange(of: "<header>"))
        #expect(link.upperBound < header.lowerBound)
    }

    @Test func theScriptComesLast() {
        #expect(page.hasSuffix("</script>\n</body>\n</html>\n"))
    }
}
