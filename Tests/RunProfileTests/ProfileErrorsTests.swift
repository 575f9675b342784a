import RunProfile
import Testing

@Suite struct ProfileErrorsTests {
    @Test func sortsByLine() {
        let errors = Examples.errors(
            of: """
                sede: 1
                limits: { eventBytes: 1 }
                target: { url: ftp://x, body: [] }
                scenarios: []
                """
        )
        #expect(
            errors.map { String($0.prefix(16)) } == [
                "smoke.yaml:1:1: ", "smoke.yaml:2:23:", "smoke.yaml:3:16:", "smoke.yaml:3:31:", "smoke.yaml:4:12:",
            ]
        )
    }

    @Test func keepsALimitedNumber() throws {
        let keys = (0..<150).map { "key\($0): 1\n" }.joined()
        let errors = #expect(throws: ProfileErrors.self) { try Examples.read(Examples.small + keys) }
        #expect(errors?.errors.count == ProfileLimits.errors)
        #expect(errors?.omitted == 50)
        #expect(errors?.description.hasSuffix("\nand 50 more") == true)
    }

    @Test func holdsTheParts() {
        let errors = #expect(throws: ProfileErrors.self) {
            try Examples.read(Examples.small.replacing("connections", with: "conections"))
        }
        let unknown = errors?.errors.last
        #expect(unknown?.location == .file(name: "Profiles/smoke.yaml", line: 4, column: 5))
        #expect(unknown?.keyPath == "scenarios[0].conections")
        #expect(unknown?.problem == "unknown key")
        #expect(unknown?.nearest == "connections")
        #expect(unknown?.knownKeys.contains("connections") == true)
    }

    @Test func showsHostileTextOnOneLine() {
        let errors = Examples.errors(of: Examples.small + "\"a\\nb\\e[31m\(String(repeating: "x", count: 200))\": 1")
        #expect(errors.count == 1)
        #expect(errors.allSatisfy { !$0.contains("\n") && !$0.contains("\u{1B}") && $0.count < 300 })
        #expect(errors.first?.contains("a\\nb\\u{1b}[31m") == true)
    }
}
