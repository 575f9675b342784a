import RunProfile
import Testing

@Suite struct BadProfileTests {
    @Test(arguments: [
        ("", "1:1: the profile is empty; expected a map with the keys target and scenarios"),
        ("- a", "1:1: found a list; expected a map with the keys target and scenarios"),
        ("a: 1\n---\nb: 2\n", "2:1: a second document; expected one document in a profile"),
        ("name: a\nname: b\n", "1:1: duplicate key \"name\"; expected each key of a map once"),
        (
            "a:\n\t- b\n",
            "2:1: not valid YAML (while scanning for the next token, found character that cannot start any token); expected spaces in place of a tab"
        ),
        ("a: [1\nb: 2\n", "2:2: not valid YAML (while parsing a flow sequence, did not find expected ',' or ']')"),
        ("a: *b\n", "1:4: not valid YAML (found undefined alias)"),
        ("a: 1\nb: \u{1}\n", "2:4: the character U+0001; expected printable text in UTF-8"),
        ("a: !env B\n", "1:4: a tag (!env); expected a value without one"),
        ("? [a]\n: 1\n", "1:3: a key that is no text"),
        ("<<: 1\n", "1:5: found \"1\" to merge; expected an alias of a map, such as <<: *defaults"),
    ])
    func documents(text: String, expected: String) {
        #expect(Examples.errors(of: text) == ["smoke.yaml:" + expected])
    }

    @Test(arguments: [
        ("name: \"\"", "1:7: name: found \"\"; expected a name of 1 to 100 characters, on one line"),
        ("name: [a]", "1:7: name: found a list; expected a name of 1 to 100 characters, on one line"),
        ("seed: -1", "1:7: seed: found \"-1\"; expected a whole number from 0 to 18446744073709551615, such as 42"),
        (
            "seed: 18446744073709551616",
            "1:7: seed: 18446744073709551616 is out of range; expected a whole number from 0 to 18446744073709551615, such as 42"
        ),
        (
            "sede: 1",
            "1:1: sede: unknown key; did you mean \"seed\"? (known keys: name, seed, target, reference, capacity, scenarios, publish, probes, leak, bystanders, heartbeat, thresholds, limits, matrix, race, actions, exec)"
        ),
        ("leak: 2s", "1:7: leak: found \"2s\"; expected a map, such as { settle: 2s }"),
        ("leak: { settle: 2 }", "1:17: leak.settle: 2 has no unit; expected a duration up to 1h, such as 2s"),
        ("leak: { settle: 2 s }", "1:17: leak.settle: found \"2 s\"; expected a duration up to 1h, such as 2s"),
        ("leak: { baseline: 2h }", "1:19: leak.baseline: 2h is out of range; expected a duration up to 1h, such as 2s"),
        (
            "leak: { inactivity: 0 }",
            "1:21: leak.inactivity: 0 is out of range; expected a duration above 0, up to 24h, such as 10s"
        ),
        (
            "leak: { attributionDrops: some }",
            "1:27: leak.attributionDrops: found \"some\"; expected a whole number from 0 to 100,000, such as 50"
        ),
        (
            "leak: { tolerance: -1 }",
            "1:20: leak.tolerance: found \"-1\"; expected a number from 0 to 1,000,000, such as 0.05"
        ),
        (
            "leak: { byteTolerance: 2000000000000 }",
            "1:24: leak.byteTolerance: 2000000000000 is out of range; expected a number from 0 to 1,000,000,000,000, such as 4096"
        ),
        ("leak: { publish: { body: a } }", "1:18: leak.publish.url: missing; expected an http or https address"),
        (
            "leak: { publish: { url: reference } }",
            "1:25: leak.publish.url: found \"reference\"; expected an http or https address, such as http://127.0.0.1:8080/broadcast?topic=news, or reference/broadcast?topic=news"
        ),
        (
            "leak: { publish: { url: \"http://a/\", method: post } }",
            "1:46: leak.publish.method: found \"post\"; expected a request method in capitals, such as GET; did you mean \"POST\"?"
        ),
        ("heartbeat: {}", "1:12: heartbeat.expect: missing; expected a duration, such as 1s"),
        (
            "heartbeat: { expect: 1s, tolerance: 0.2 }",
            "1:37: heartbeat.tolerance: 0.2 has no unit; expected a percentage from 0% to 1000%, such as 20%"
        ),
        (
            "heartbeat: { expect: 1s, tolerance: 1001% }",
            "1:37: heartbeat.tolerance: 1001% is out of range; expected a percentage from 0% to 1000%, such as 20%"
        ),
        (
            "heartbeat: { expect: 1s, match: coment }",
            "1:33: heartbeat.match: found \"coment\"; expected comment, any, or event:NAME, such as event:ping; did you mean \"comment\"?"
        ),
        (
            "heartbeat: { expect: 1s, match: \"event:\" }",
            "1:33: heartbeat.match: found \"event:\"; expected comment, any, or event:NAME, such as event:ping"
        ),
        (
            "limits: { headerBytes: 10 }",
            "1:24: limits.headerBytes: 10 is out of range; expected a whole number from 1,024 to 16,777,216, such as 65536"
        ),
        (
            "reference: { registry: rcay }",
            "1:24: reference.registry: found \"rcay\"; expected fixed or racy; did you mean \"racy\"?"
        ),
        (
            "reference: { heartbeat: none }",
            "1:25: reference.heartbeat: found \"none\"; expected a duration from 1ms to 1h, such as 1s, or off"
        ),
        (
            "reference: { faults: [timer-leak, timer-leak] }",
            "1:35: reference.faults[1]: timer-leak is in the list twice; expected each once"
        ),
        (
            "reference: { registry: racy, faults: [late-close-handler] }",
            "1:39: reference.faults[0]: late-close-handler and racy-registry cannot be switched on together; expected one of them"
        ),
        (
            "reference: { faults: [write-error-swallowed, late-close-handler] }",
            "1:23: reference.faults[0]: write-error-swallowed and late-close-handler cannot be switched on together; expected one of them"
        ),
        (
            "reference: { tokens: 0 }",
            "1:22: reference.tokens: 0 is out of range; expected a whole number from 1 to 1,000,000, such as 100"
        ),
        (
            "reference: { tokenRate: 100001/s }",
            "1:25: reference.tokenRate: found \"100001/s\"; expected a rate from 0.01/s to 100,000/s, such as 50/s"
        ),
        (
            "probes: { a: b }",
            "1:9: probes: found a map; expected a list, such as [{ name: process, port: 8443, gauges: [fds, sockets] }]"
        ),
        ("thresholds: leaks == 0", "1:13: thresholds: found \"leaks == 0\"; expected a list, such as [leaks == 0]"),
    ])
    func sections(line: String, expected: String) {
        #expect(Examples.errors(of: line + "\n" + Examples.small) == ["smoke.yaml:" + expected])
    }

    @Test(arguments: [
        ("{}", "target.url: missing; expected an http or https address, or reference"),
        (
            "{ url: refrence }",
            "target.url: found \"refrence\"; expected an http or https address, such as http://127.0.0.1:8080/events, or reference"
        ),
        (
            "{ url: \"http://a b/\" }",
            "target.url: found \"http://a b/\"; expected an http or https address, such as http://127.0.0.1:8080/events, or reference"
        ),
        (
            "{ url: reference, method: \"G T\" }",
            "target.method: found \"G T\"; expected a request method in capitals, such as GET; did you mean \"GET\"?"
        ),
        (
            "{ url: reference, headers: [a] }",
            "target.headers: found a list; expected a map of names and values, such as { Authorization: \"Bearer ${TOKEN}\" }"
        ),
        (
            "{ url: reference, headers: { \"a b\": c } }",
            "target.headers.a b: \"a b\" is no header name; expected a token, such as Authorization"
        ),
        (
            "{ url: reference, headers: { a: \"b\\r\\nc: d\" } }",
            "target.headers.a: found \"b\\r\\nc: d\"; expected one line of at most 16384 bytes"
        ),
        (
            "{ url: reference, headers: { a: \"${SPLIT}\" } }",
            "target.headers.a: found \"${SPLIT}\"; expected one line of at most 16384 bytes"
        ),
        (
            "{ url: reference, headers: { a: \"${NONE}\" } }",
            "target.headers.a: the environment has no variable \"NONE\"; expected export NONE=… before the run"
        ),
        (
            "{ url: reference, body: \"${A-B}\" }",
            "target.body: no variable's name: \"A-B\"; expected ${NAME}, or $${ for the characters ${"
        ),
        (
            "{ url: reference, headers: { Accept: a, accept: b } }",
            "target.headers.accept: the header is named twice, in different case; expected one of them"
        ),
        ("{ url: reference, authorized: yes }", "target.authorized: found \"yes\"; expected true or false"),
        ("{ url: reference, tls: { verify: } }", "target.tls.verify: found nothing; expected true or false"),
        ("{ url: reference, tls: { resume: 1 } }", "target.tls.resume: found \"1\"; expected true or false"),
        (
            "{ url: reference, tls: { serverName: \"a b\" } }",
            "target.tls.serverName: found \"a b\"; expected a host name, such as localhost"
        ),
        (
            "{ url: reference, tls: { minVersion: 1.1 } }",
            "target.tls.minVersion: found \"1.1\"; expected 1.2 or 1.3; did you mean \"1.2\"?"
        ),
        (
            "{ url: reference, tls: { minVersion: 1.3, maxVersion: 1.2 } }",
            "target.tls.maxVersion: below minVersion; expected 1.3, or minVersion: \"1.2\""
        ),
    ])
    func targets(map: String, expected: String) throws {
        let text = "scenarios:\n  - { name: a, connections: 1, hold: 1s }\ntarget: \(map)\n"
        let errors = Examples.errors(of: text, environment: ["SPLIT": "a\r\nb: c"])
        #expect(errors.count == 1)
        let error = try #require(errors.first)
        #expect(error.hasPrefix("smoke.yaml:3:"))
        #expect(error.hasSuffix(": " + expected))
    }

    @Test func unknownFaultIsToldTheNearestOne() {
        let errors = Examples.errors(of: "reference: { faults: [timer-lek] }\n" + Examples.small)
        #expect(errors.count == 1)
        #expect(
            errors.first?.hasPrefix("smoke.yaml:1:23: reference.faults[0]: found \"timer-lek\"; expected one of ")
                == true
        )
        #expect(errors.first?.hasSuffix("; did you mean \"timer-leak\"?") == true)
    }

    @Test func referenceSectionNeedsTheBundledServer() {
        let text = Examples.scenario("hold: 1s", target: "http://a/") + "reference:\n  registry: racy\n"
        let expected =
            "7:3: reference: the bundled server is not the target; expected target.url: reference, or no reference section"
        #expect(Examples.errors(of: text) == ["smoke.yaml:" + expected])
    }
}
