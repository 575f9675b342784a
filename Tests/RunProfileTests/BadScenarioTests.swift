import RunProfile
import Testing

@Suite struct BadScenarioTests {
    @Test(arguments: [
        (
            "conection: 2",
            [
                "5:5: scenarios[0].conection: unknown key; did you mean \"connections\"? (known keys: name, connections, arrival, hold, drop, reconnect, timeout, transport, url, path, sources, start, read, receiveBuffer, method, headers, body, bodyFile, data, until, tokens, latency)",
                "3:5: scenarios[0]: neither hold nor drop; expected either hold or drop, such as hold: 60s",
            ]
        ),
        (
            "hold: 0s",
            ["5:11: scenarios[0].hold: 0s is out of range; expected a duration above 0, up to 168h, such as 60s"]
        ),
        ("hold: 30", ["5:11: scenarios[0].hold: 30 has no unit; expected a duration above 0, up to 168h, such as 60s"]),
        ("{hold: 1s}", ["6:1: not valid YAML (while scanning a simple key, could not find expected ':')"]),
        ("hold: 1s\n    drop: {}", ["6:11: scenarios[0].drop: both hold and drop; expected either hold or drop"]),
        (
            "hold: 1s\n    timeout: 2h",
            ["6:14: scenarios[0].timeout: 2h is out of range; expected a duration from 1ms to 1h, such as 10s"]
        ),
        (
            "hold: 1s\n    transport: TLS",
            ["6:16: scenarios[0].transport: found \"TLS\"; expected plain or tls; did you mean \"tls\"?"]
        ),
        (
            "hold: 1s\n    url: reference",
            [
                "6:10: scenarios[0].url: found \"reference\"; expected an http or https address, such as https://127.0.0.1:8443/events"
            ]
        ),
        (
            "hold: 1s\n    arrival: { rate: 400 }",
            [
                "6:22: scenarios[0].arrival.rate: 400 has no unit; expected a rate above 0, at most 10,000,000/s, such as 400/s"
            ]
        ),
        (
            "hold: 1s\n    arrival: { rate: 400/d }",
            ["6:22: scenarios[0].arrival.rate: found \"400/d\"; expected a rate per ms, s, m or h, such as 400/s"]
        ),
        (
            "hold: 1s\n    arrival: { rate: 0/s }",
            [
                "6:22: scenarios[0].arrival.rate: 0/s is out of range; expected a rate above 0, at most 10,000,000/s, such as 400/s"
            ]
        ),
        (
            "hold: 1s\n    arrival: { rate: 0.001/h }",
            [
                "6:22: scenarios[0].arrival.rate: 1 connections would take longer than 168h to arrive; expected a higher rate"
            ]
        ),
        ("hold: 1s\n    arrival: {}", ["6:14: scenarios[0].arrival.rate: missing; expected a rate, such as 400/s"]),
        (
            "drop: { stages: [tls-hello-sent] }",
            [
                "5:22: scenarios[0].drop.stages[0]: tls-hello-sent needs TLS, and the scenario has none; expected an https address, or transport: tls with the bundled server"
            ]
        ),
        (
            "drop: { stages: request-sent }",
            [
                "5:21: scenarios[0].drop.stages: found \"request-sent\"; expected all, or a list of stages, such as [request-sent]"
            ]
        ),
        (
            "drop: { stages: [] }",
            ["5:21: scenarios[0].drop.stages: an empty list; expected all, or a list of stages, such as [request-sent]"]
        ),
        (
            "drop: { stages: [streaming, streaming] }",
            ["5:33: scenarios[0].drop.stages[1]: streaming is in the list twice; expected each once"]
        ),
        (
            "drop: { stages: [connecting], manners: [half-close] }",
            [
                "5:22: scenarios[0].drop.stages[0]: no connection can be dropped at connecting by half-close; expected one of the manners fin, rst, stall, vanish"
            ]
        ),
        (
            "drop: { manners: [fin, alert] }",
            [
                "5:28: scenarios[0].drop.manners[1]: no connection can be dropped by alert at any of the stages; expected an https address, or transport: tls with the bundled server"
            ]
        ),
        (
            "drop: { stages: [connecting], manners: [fin, half-close] }",
            [
                "5:50: scenarios[0].drop.manners[1]: no connection can be dropped by half-close at any of the stages; expected a stage from connected on"
            ]
        ),
        (
            "drop: { manners: [fni] }",
            [
                "5:23: scenarios[0].drop.manners[0]: found \"fni\"; expected one of fin, rst, half-close, close-notify, alert, stall, vanish; did you mean \"fin\"?"
            ]
        ),
        (
            "drop: { delay: 20ms..10ms }",
            [
                "5:20: scenarios[0].drop.delay: the range 20ms..10ms is upside down; expected a duration up to 1h, such as 20ms, or a range of them, such as 0ms..20ms"
            ]
        ),
        (
            "drop: { delay: 0..5 }",
            [
                "5:20: scenarios[0].drop.delay: 5 has no unit; expected a duration up to 1h, such as 20ms, or a range of them, such as 0ms..20ms"
            ]
        ),
        (
            "drop: { wait: 0 }",
            ["5:19: scenarios[0].drop.wait: 0 is out of range; expected a duration above 0, up to 1h, such as 5s"]
        ),
        (
            "hold: 1s\n  - { name: a, connections: 1, hold: 1s }",
            ["6:5: scenarios[1]: the name \"a\" is taken; expected a name of its own"]
        ),
        (
            "hold: 1s\n  - { connections: 0, hold: 1s }",
            [
                "6:5: scenarios[1].name: missing; expected a name, such as listeners",
                "6:20: scenarios[1].connections: 0 is out of range; expected a whole number from 1 to 10,000,000, such as 2000",
            ]
        ),
    ])
    func scenarios(line: String, expected: [String]) {
        let found = Examples.errors(of: Examples.scenario(line))
        #expect(found.sorted() == expected.map { "smoke.yaml:" + $0 }.sorted())
    }

    @Test(arguments: ["http://a/", "reference"]) func transportBesideAnAddress(target: String) {
        let address = target == "reference" ? "\n    url: http://b/" : ""
        let text = Examples.scenario("hold: 1s\n    transport: plain\(address)", target: target)
        let expected =
            "6:16: scenarios[0].transport: the address says the transport; "
            + "expected no transport, except with the bundled server"
        #expect(Examples.errors(of: text) == ["smoke.yaml:" + expected])
    }

    @Test func scenariosAddressDecidesAboutTLS() {
        let drop = "drop: { stages: [tls-hello-sent] }\n    url: "
        #expect(Examples.errors(of: Examples.scenario(drop + "https://b/")).isEmpty)
        #expect(Examples.errors(of: Examples.scenario(drop + "http://b/", target: "https://a/")).count == 1)
    }
}
