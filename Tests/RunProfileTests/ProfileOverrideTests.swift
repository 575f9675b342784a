import RunProfile
import Testing
import Vocabulary

@Suite struct ProfileOverrideTests {
    @Test func replacesByPositionAndName() throws {
        let overrides = [
            "scenarios.0.connections=500", "scenarios.droppers.connections=7", "scenarios.plain.name=bare",
        ]
        let profile = try Examples.read(Examples.full, environment: ["TOKEN": ""], overrides: overrides)
        #expect(profile.scenarios.map(\.connections) == [500, 7, 1])
        #expect(profile.scenarios.map(\.name) == ["listeners", "droppers", "bare"])
    }

    @Test func makesMissingMaps() throws {
        let profile = try Examples.read(
            Examples.small,
            overrides: ["target.tls.verify=false", "target.headers.Accept=text/event-stream", "heartbeat.expect=2s"]
        )
        #expect(!profile.target.tls.verify)
        #expect(profile.target.headers == [Target.Header(name: "Accept", value: "text/event-stream")])
        #expect(profile.heartbeat?.expect == 2 * .perSecond)
    }

    @Test func readsListsMapsAndEqualSigns() throws {
        let profile = try Examples.read(
            Examples.small,
            overrides: [
                "thresholds=[leaks == 0, errors.count < 3]", "limits={ eventBytes: 4096 }", "thresholds.1=leaks != 1",
            ]
        )
        #expect(profile.thresholds.map(\.expression) == ["leaks == 0", "leaks != 1"])
        #expect(profile.limits.eventBytes == 4096)
    }

    @Test func mendsAnError() throws {
        let text = Examples.small.replacing("connections: 10", with: "connections: ${COUNT}")
        #expect(try Examples.read(text, overrides: ["scenarios.0.connections=3"]).scenarios.first?.connections == 3)
    }

    @Test func fillsInVariables() throws {
        let profile = try Examples.read(Examples.small, environment: ["N": "9"], overrides: ["seed=${N}"])
        #expect(profile.seed == 9)
    }

    @Test(arguments: [
        (
            "target.urll=http://a/",
            #"--set target.urll=http://a/: target.urll: unknown key; did you mean "url"? "#
                + "(known keys: url, method, headers, body, tls, authorized)"
        ),
        (
            "scenarios.0.connections=many",
            #"--set scenarios.0.connections=many: scenarios[0].connections: found "many"; "#
                + "expected a whole number from 1 to 10,000,000, such as 2000"
        ),
        (
            "scenarios.listener.connections=1",
            #"--set scenarios.listener.connections=1: scenarios: no item "listener"; "#
                + #"expected a position from 0 to 0, or a name; did you mean "listeners"?"#
        ),
        (
            "scenarios.99999999999999999999.name=a",
            #"--set scenarios.99999999999999999999.name=a: scenarios: no item "99999999999999999999"; "#
                + "expected a position from 0 to 0, or a name"
        ),
        (
            "target.url.x=1",
            #"--set target.url.x=1: target.url: found "reference", which has no key "x"; expected a map or a list"#
        ),
        (
            "seed", "--set seed: not KEY.PATH=VALUE; expected keys and a value, such as scenarios.0.connections=500"
        ),
        (
            "a..b=1", "--set a..b=1: not KEY.PATH=VALUE; expected keys and a value, such as scenarios.0.connections=500"
        ),
        ("=", "--set =: not KEY.PATH=VALUE; expected keys and a value, such as scenarios.0.connections=500"),
        (
            "seed=",
            "--set seed=: seed: found nothing; "
                + "expected a whole number from 0 to 18446744073709551615, such as 42"
        ),
        (
            "seed=[1",
            "--set seed=[1: seed: not valid YAML (while parsing a flow sequence, did not find expected ',' or ']')"
        ),
        ("seed=a: b: c", "--set seed=a: b: c: seed: not valid YAML (mapping values are not allowed in this context)"),
    ])
    func saysWhichOverrideIsWrong(override: String, expected: String) {
        #expect(Examples.errors(of: Examples.small, overrides: [override]) == [expected])
    }
}
