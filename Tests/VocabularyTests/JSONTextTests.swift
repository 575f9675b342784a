import Foundation
import Testing

@testable import Vocabulary

@Suite struct JSONTextTests {
    @Test(arguments: [
        ("", "\"\""), ("a\"b\\c", "\"a\\\"b\\\\c\""), ("\n\r\t", "\"\\n\\r\\t\""),
        ("\u{0}\u{1F}\u{7F}", "\"\\u0000\\u001f\\u007f\""),
        ("\u{2028}\u{2029}", "\"\\u2028\\u2029\""), ("ä€😀", "\"ä€😀\""), ("\r\n", "\"\\r\\n\""),
        ("e\u{301}", "\"e\u{301}\""),
    ])
    func quotes(text: String, quoted: String) {
        #expect(JSONText.quote(text) == quoted)
    }

    @Test func everyTextComesBack() throws {
        let text = String(String.UnicodeScalarView((0..<0x300).compactMap(Unicode.Scalar.init)))
        let back = try JSONDecoder().decode([String].self, from: Data("[\(JSONText.quote(text))]".utf8))
        #expect(back == [text])
    }
}
