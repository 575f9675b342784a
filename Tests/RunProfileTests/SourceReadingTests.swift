import RunProfile
import Testing

@Suite struct SourceReadingTests {
    private func sources(_ text: String) throws -> [String] {
        let profile = try Examples.read(Examples.scenario("hold: 1s\n    sources: \(text)"))
        return profile.scenarios[0].sources.flatMap { Array($0.addresses) }.map(\.description)
    }

    @Test(arguments: [
        ("[127.0.0.9]", ["127.0.0.9"]),
        ("[127.0.0.254..127.0.1.1, 127.0.0.3]", ["127.0.0.254", "127.0.0.255", "127.0.1.0", "127.0.1.1", "127.0.0.3"]),
        ("[\"fd00::fffe..fd00::1:1\"]", ["fd00::fffe", "fd00::ffff", "fd00::1:0", "fd00::1:1"]),
        ("[\"::1 .. ::1\"]", ["::1"]),
    ])
    func rangesAreWrittenOut(text: String, expected: [String]) throws {
        #expect(try sources(text) == expected)
    }

    @Test(arguments: [
        (
            "127.0.0.1",
            "6:14: ….sources: found \"127.0.0.1\"; expected a list of addresses and ranges, such as [127.0.1.1..127.0.1.50]"
        ),
        (
            "[]",
            "6:14: ….sources: an empty list; expected a list of addresses and ranges, such as [127.0.1.1..127.0.1.50]"
        ),
        ("[localhost]", "6:15: ….sources[0]: found \"localhost\"; \(expectation)"),
        ("[127.0.0.1, 127.0.0.1..]", "6:26: ….sources[1]: found \"127.0.0.1..\"; \(expectation)"),
        (
            "[127.0.0.2..127.0.0.1]",
            "6:15: ….sources[0]: the range 127.0.0.2..127.0.0.1 is upside down; \(expectation)"
        ),
        ("[\"127.0.0.2..::1\"]", "6:15: ….sources[0]: the range 127.0.0.2..::1 is of two families; \(expectation)"),
        (
            "[127.0.0.2, \"::1\"]",
            "6:26: ….sources[1]: IPv4 and IPv6 addresses in one list; expected addresses of the target's family"
        ),
        ("[127.0.0.0..127.1.0.0]", "6:14: ….sources: too many addresses; expected at most 65,536"),
        ("[\"::..ffff::\"]", "6:14: ….sources: too many addresses; expected at most 65,536"),
    ])
    func namesWhatIsWrong(text: String, expected: String) {
        let found = Examples.errors(of: Examples.scenario("hold: 1s\n    sources: \(text)"))
        #expect(found == ["smoke.yaml:" + expected.replacing("…", with: "scenarios[0]")])
    }

    private static let expectation =
        "expected a numeric address, such as 127.0.1.1, or a range of them, such as 127.0.1.1..127.0.1.50"

    @Test func theLargestRangeThatIsAllowed() throws {
        #expect(try sources("[127.0.0.0..127.0.255.255]").count == ProfileLimits.sources)
    }
}
