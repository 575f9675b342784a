import Testing

@testable import HydrotestKit

@Suite struct LiveScreenTests {
    @Test func linesAreWrittenOver() {
        var screen = LiveScreen()
        #expect(screen.replace(with: ["one", "two"], columns: 80) == "\rone\u{1B}[K\ntwo\u{1B}[K\n\u{1B}[J")
        #expect(screen.replace(with: ["1"], columns: 80) == "\r\u{1B}[2A1\u{1B}[K\n\u{1B}[J")
        #expect(screen.clear(columns: 80) == "\r\u{1B}[1A\u{1B}[J")
        #expect(screen.clear(columns: 80) == "")
    }

    @Test func linesThatANarrowerWindowBrokeAreCounted() {
        var screen = LiveScreen()
        _ = screen.replace(with: [String(repeating: "x", count: 50), "", "\u{1B}[31mred\u{1B}[0m"], columns: 80)
        #expect(screen.clear(columns: 20) == "\r\u{1B}[5A\u{1B}[J")
    }

    @Test(arguments: [("", 0), ("abc", 3), ("\u{1B}[1;31mab\u{1B}[0m", 2), ("✗ ▁█", 4)])
    func sequencesTakeNoColumn(line: String, columns: Int) {
        #expect(LiveScreen.columns(line) == columns)
    }
}
