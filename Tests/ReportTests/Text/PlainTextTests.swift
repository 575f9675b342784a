import Testing

@testable import Report

@Suite struct PlainTextTests {
    @Test(arguments: [
        ("plain", "plain"),
        ("\u{1B}[31mred\u{1B}[0m", "red"),
        ("\u{9B}31mred", "red"),
        ("\u{1B}]0;title\u{7}after", "after"),
        ("\u{1B}]8;;http://x\u{1B}\\link", "link"),
        ("\u{1B}c", ""),
        ("\u{1B}", ""),
        ("\u{1B}[31", ""),
        ("two\nlines\r\there", "two lines  here"),
        ("a\u{0}b\u{8}c\u{7F}d", "abcd"),
        ("\u{202E}gnp.exe\u{2066}", "gnp.exe"),
        ("naïve – 数", "naïve – 数"),
    ])
    func cleans(text: String, expected: String) {
        #expect(PlainText.clean(text) == expected)
    }

    @Test func isBounded() {
        let text = PlainText.clean(String(repeating: "x", count: 100_000), limit: 20)
        #expect(text == String(repeating: "x", count: 19) + "…")
    }

    @Test func marksWithoutEndAreBounded() {
        let text = PlainText.clean("e" + String(repeating: "\u{301}", count: 1_000_000), limit: 20)
        #expect(text.unicodeScalars.count <= 160)
    }
}
