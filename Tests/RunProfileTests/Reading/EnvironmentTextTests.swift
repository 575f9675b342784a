import Testing

@testable import RunProfile

@Suite struct EnvironmentTextTests {
    @Test(arguments: [
        ("", ""), ("plain $ $$ $A {}", "plain $ $$ $A {}"), ("${A}", "1"), ("a${A}${LONG_2}z", "a1twoz"),
        ("$${A}", "${A}"), ("$$${A}", "$${A}"), ("$ ${A}$", "$ 1$"), ("${A}}", "1}"), ("${NESTED}", "${A}"),
    ])
    func fillsIn(text: String, expected: String) throws {
        let environment = ["A": "1", "LONG_2": "two", "NESTED": "${A}"]
        #expect(try EnvironmentText.expand(text, environment: environment) == expected)
    }

    @Test(arguments: [
        ("${B}", EnvironmentText.Problem.missing("B")), ("${}", .malformed("")), ("${A", .malformed("A")),
        ("${A:-x}", .malformed("A:-x")), ("${2A}", .malformed("2A")), ("${É}", .malformed("É")),
    ])
    func refuses(text: String, problem: EnvironmentText.Problem) {
        #expect(throws: problem) { try EnvironmentText.expand(text, environment: ["A": "1", "2A": "", "": ""]) }
    }

    @Test func whatStandsForSomethingElseStays() throws {
        let filled = try EnvironmentText.expand(
            "${A}${seq}${seq}",
            environment: ["A": "1", "seq": "2"],
            keeping: ["seq"]
        )
        #expect(filled == "1${seq}${seq}")
    }

    @Test func boundsTheResult() {
        let environment = ["A": String(repeating: "a", count: 100_000)]
        let text = String(repeating: "${A}", count: 11)
        #expect(throws: EnvironmentText.Problem.tooLong) {
            try EnvironmentText.expand(text, environment: environment)
        }
    }
}
