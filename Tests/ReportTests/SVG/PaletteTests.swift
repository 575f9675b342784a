import Testing

@testable import Report

@Suite struct PaletteTests {
    @Test func shadesGrowWithTheCount() {
        #expect(Palette.shade(0, of: 100) == 0)
        #expect(Palette.shade(1, of: 1_000_000) == 1)
        #expect(Palette.shade(1_000_000, of: 1_000_000) == Palette.shades)
        #expect(Palette.shade(.max, of: .max) == Palette.shades)
        #expect(Palette.shade(1_000, of: 1_000_000) == 3)
    }

    @Test func everyShadeAndLineHasAColour() {
        for shade in 1...Palette.shades { #expect(Style.sheet.contains(".h\(shade){")) }
        for line in Palette.lines { #expect(Style.sheet.contains(".\(line){stroke:")) }
    }
}
