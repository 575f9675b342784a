import Testing

@testable import Report

@Suite struct PlotPaintTests {
    @Test func everyLineHasALookWithoutAStyleSheet() {
        #expect(PlotPaint.lines.count == Palette.lines.count)
        #expect(Set(PlotPaint.dashes).count == Palette.lines.count)
        for name in Palette.lines { #expect(PlotPaint.attributes("line \(name)").contains("fill=\"none\" stroke=\"#")) }
    }

    @Test func nothingPlottedIsLeftBlack() {
        let page = HTMLReport(Fixture.leaky()).render()
        for tag in MarkupChecker(page).tags where tag.hasPrefix("path") { #expect(tag.contains(" fill=\""), "\(tag)") }
        for tag in MarkupChecker(page).tags where tag.hasPrefix("line") {
            #expect(tag.contains(" stroke=\""), "\(tag)")
        }
        for tag in MarkupChecker(page).tags where tag.hasPrefix("svg") { #expect(tag.contains(" width=\""), "\(tag)") }
    }
}
