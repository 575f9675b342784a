import RunProfile
import Testing
import Vocabulary

@Suite struct HookReadingTests {
    private static func profile(_ exec: String, reference: String = "{}") -> String {
        """
        target: { url: reference }
        reference: \(reference)
        exec: \(exec)
        scenarios: [{ name: a, connections: 1, hold: 1s }]

        """
    }

    @Test func oneCommandOrSeveralAreRead() throws {
        let text = """
            { before: [[sh, -c, "echo a"], [./b.sh]], after: [sh, c.sh], timeout: 5s, \
            during: [{ at: 2s, run: [d] }, { at: 1s, run: [e, f] }] }
            """
        var exec = try Examples.read(Self.profile(text)).exec
        #expect(exec.before.map(\.words) == [["sh", "-c", "echo a"], ["./b.sh"]])
        #expect(exec.after.map(\.words) == [["sh", "c.sh"]])
        #expect(exec.during.map(\.words) == [["e", "f"], ["d"]])
        #expect(exec.during.map(\.at) == [.perSecond, 2 * .perSecond])
        #expect(exec.timeout == 5 * .perSecond)
        exec.resolve(folder: "/profiles") { "/profiles/" + $0 }
        #expect(exec.before.map { $0.words[0] } == ["sh", "/profiles/./b.sh"])
        #expect(exec.folder == "/profiles")
    }

    @Test func withoutThemThereIsNone() throws {
        let text = Self.profile("{}").replacing("exec: {}\n", with: "")
        #expect(try Examples.read(text).exec.isEmpty)
        #expect(try !Examples.read(text).mayRestartServer)
    }

    @Test func aRestartIsRead() throws {
        let profile = try Examples.read(Self.profile("{}", reference: "{ port: 18080, restart: { at: 3s, down: 1s } }"))
        #expect(profile.reference.port == 18_080)
        #expect(profile.reference.restart?.at == 3 * .perSecond)
        #expect(profile.reference.restart?.down == .perSecond)
        #expect(profile.mayRestartServer)
    }

    @Test(arguments: [
        ("[]", "exec: found a list; expected a map, such as { before: [sh, start.sh] }"),
        ("{ befor: [a] }", "exec.befor: unknown key; did you mean \"before\"?"),
        ("{ before: [] }", "exec.before: an empty list"),
        ("{ before: [[]] }", "exec.before[0]: an empty list"),
        ("{ before: start.sh }", "exec.before: found \"start.sh\"; expected a program and its arguments"),
        ("{ during: [{ run: [a] }] }", "exec.during[0].at: missing; expected a moment of the load, such as 10s"),
        ("{ during: [{ at: 1s }] }", "exec.during[0].run: missing; expected a program and its arguments"),
        ("{ timeout: 0s }", "exec.timeout: 0s is out of range"),
    ])
    func whatIsWrongIsSaid(exec: String, message: String) {
        let errors = #expect(throws: ProfileErrors.self) { try Examples.read(Self.profile(exec)) }
        #expect(errors?.description.contains(message) == true, "\(errors?.description ?? "")")
    }
}
