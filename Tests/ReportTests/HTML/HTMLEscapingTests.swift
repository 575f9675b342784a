import Testing

@testable import Report

@Suite struct HTMLEscapingTests {
    @Test(arguments: [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("\" onload='x'", "&quot; onload=&#39;x&#39;"),
        ("a & b", "a &amp; b"),
        ("a\nb\u{1B}[1mc", "a bc"),
    ])
    func escapes(text: String, expected: String) {
        #expect(HTMLEscaping.escape(text) == expected)
    }
}
