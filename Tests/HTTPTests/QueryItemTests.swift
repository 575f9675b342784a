import HTTP
import Testing

/// URL Standard, 5.1.
@Suite struct QueryItemTests {
    @Test(
        arguments: [
            ("", []),
            ("a=b", [("a", "b")]),
            ("a=b&c=d=e", [("a", "b"), ("c", "d=e")]),
            ("a&&b=", [("a", ""), ("b", "")]),
            ("=x", [("", "x")]),
            ("a+b=c%20d%2B%26", [("a b", "c d+&")]),
            ("t=%C3%a9%E2%82%AC", [("t", "é€")]),
            ("t=%&u=%4&v=%zz&w=%%41", [("t", "%"), ("u", "%4"), ("v", "%zz"), ("w", "%A")]),
            ("t=%FF%00", [("t", "\u{FFFD}\0")]),
        ] as [(String, [(String, String)])]
    )
    func decodes(_ query: String, _ items: [(String, String)]) {
        #expect(QueryItem.parse(query) == items.map { QueryItem(name: $0.0, value: $0.1) })
    }
}
