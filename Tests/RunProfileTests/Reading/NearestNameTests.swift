import Testing

@testable import RunProfile

@Suite struct NearestNameTests {
    @Test(arguments: [
        ("conections", "connections"), ("urll", "url"), ("URL", "url"), ("sede", "seed"), ("seedling", nil), ("", nil),
        ("nothing like it", nil),
    ])
    func finds(text: String, expected: String?) {
        #expect(NearestName.find(text, among: ["url", "seed", "connections"]) == expected)
    }

    @Test(arguments: [
        ("", "", 0), ("", "abc", 3), ("abc", "", 3), ("kitten", "sitting", 3), ("ab", "ba", 1), ("a", "a", 0),
    ])
    func measures(left: String, right: String, expected: Int) {
        #expect(NearestName.distance(Array(left.unicodeScalars), Array(right.unicodeScalars)) == expected)
    }

    @Test func ignoresLongText() {
        #expect(NearestName.find(String(repeating: "a", count: 1_000_000), among: ["a"]) == nil)
    }
}
