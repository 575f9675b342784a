import EventStream
import ParserReadings
import Testing

@Suite struct UTF8TextTests {
    /// Malformed bytes and what the Encoding Standard's decoder makes of them.
    static let malformed: [([UInt8], String)] = [
        ([0xFF], "\u{FFFD}"),
        ([0xC3], "\u{FFFD}"),
        ([0xC3, 0x41], "\u{FFFD}A"),
        ([0xE2, 0x82], "\u{FFFD}"),
        ([0xE2, 0x82, 0x41], "\u{FFFD}A"),
        ([0xC0, 0x80], "\u{FFFD}\u{FFFD}"),
        ([0xED, 0xA0, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}"),
        ([0xF0, 0x9F, 0x98], "\u{FFFD}"),
        ([0xF4, 0x90, 0x80, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),
        ([0x80, 0x80], "\u{FFFD}\u{FFFD}"),
    ]

    @Test(arguments: malformed) func replacesMalformedBytes(_ bytes: [UInt8], _ text: String) {
        bytes.withUnsafeBytes {
            #expect(UTF8Text.decode($0) == text)
            #expect(!UTF8Text.isValid($0))
        }
    }

    @Test(arguments: ["", "a", "é€😀", "\u{FFFD}", "\0"]) func keepsText(_ text: String) {
        Array(text.utf8).withUnsafeBytes {
            #expect(UTF8Text.decode($0) == text)
            #expect(UTF8Text.isValid($0))
        }
    }
}
