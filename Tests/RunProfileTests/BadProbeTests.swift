import RunProfile
import Testing

@Suite struct BadProbeTests {
    @Test(arguments: [
        ("{ http: \"http://b/\", gauges: { a: /a } }", "probes[0].name: missing; expected a name, such as state"),
        (
            "{ name: a }",
            "probes[0]: nothing to read; expected one of http, prometheus, port, pid, exec and inspector, such as port: 8443"
        ),
        (
            "{ name: a, port: 1, pid: 1 }",
            "probes[0]: more than one thing to read; expected one of http, prometheus, port, pid, exec and inspector, such as port: 8443"
        ),
        (
            "{ name: a, prometheus: \"http://b/\", gauges: { a: \"b{c=d}\" } }",
            "probes[0].gauges.a: found \"b{c=d}\"; expected a metric with or without labels, such as sse_clients or 'errors{code=\"500\"}'"
        ),
        (
            "{ name: a, prometheus: \"http://b/\" }",
            "probes[0].gauges: missing; expected a map of names and metrics, such as { clients: sse_clients }"
        ),
        (
            "{ name: a, exec: [], gauges: { a: /a } }",
            "probes[0].exec: an empty list; expected a program and its arguments, such as [./gauges.sh, 8080]"
        ),
        (
            "{ name: a, exec: ./gauges.sh, gauges: { a: /a } }",
            "probes[0].exec: found \"./gauges.sh\"; expected a program and its arguments, such as [./gauges.sh, 8080]"
        ),
        (
            "{ name: a, exec: [a], timeout: 6s, gauges: { a: /a } }",
            "probes[0].timeout: 6s is out of range; expected a duration from 10ms to 5s, such as 1s"
        ),
        (
            "{ name: a, inspector: 0, gauges: { a: b } }",
            "probes[0].inspector: found \"0\"; expected a port, or an address and a port, such as 9229 or \"127.0.0.1:9229\""
        ),
        (
            "{ name: a, inspector: localhost, gauges: { a: b } }",
            "probes[0].inspector: found \"localhost\"; expected a port, or an address and a port, such as 9229 or \"127.0.0.1:9229\""
        ),
        (
            "{ name: a, inspector: 9229, gauges: { a: b() } }",
            "probes[0].gauges.a: found \"b()\"; expected a variable and its properties, such as manager.clients"
        ),
        (
            "{ name: a, http: [], gauges: { a: /a } }",
            "probes[0].http: an empty list; expected an address, or a list with the address of each instance"
        ),
        (
            "{ name: a, http: [\"http://b/\", \"http://b/\"], gauges: { a: /a } }",
            "probes[0].http[1]: the same address twice; expected each instance once: its state would count double"
        ),
        (
            "{ name: a, http: [\"http://b/\", \"http://c/\"], instance: /pid, gauges: { a: /a } }",
            "probes[0].instance: beside a list of addresses; expected one address that several processes share"
        ),
        (
            "{ name: a, http: \"http://b/\", instance: pid, gauges: { a: /a } }",
            "probes[0].instance: found \"pid\"; expected a JSON Pointer (RFC 6901), such as /clients"
        ),
        (
            "{ name: a, prometheus: \"http://b/\", instance: /pid, gauges: { a: a } }",
            "probes[0].instance: found \"/pid\"; expected the name of a label, such as pid"
        ),
        (
            "{ name: a, http: \"http://b/\", instance: /pid, instances: all, gauges: { a: /a } }",
            "probes[0].instances: beside instance; expected instance, where answers name their process, or instances"
        ),
        (
            "{ name: a, http: \"http://b/\", instances: some, gauges: { a: /a } }",
            "probes[0].instances: found \"some\"; expected all, or a map, such as { pid: 1234, children: true } or { port: 8080 }"
        ),
        (
            "{ name: a, http: \"http://b/\", instances: { children: true }, gauges: { a: /a } }",
            "probes[0].instances: neither pid nor port; expected all, or a map, such as { pid: 1234, children: true } or { port: 8080 }"
        ),
        (
            "{ name: a, port: 80, instances: all }",
            "probes[0].instances: only what is read over HTTP has instances; expected instances beside http or prometheus"
        ),
        (
            "{ name: a, http: \"http://b/\", children: true, gauges: { a: /a } }",
            "probes[0].children: only a process has children; expected children beside port or pid"
        ),
        (
            "{ name: a, http: \"http://b/\" }",
            "probes[0].gauges: missing; expected a map of names and JSON Pointers, such as { clients: /clients }"
        ),
        (
            "{ name: a, http: \"http://b/\", gauges: { a: b } }",
            "probes[0].gauges.a: found \"b\"; expected a JSON Pointer (RFC 6901), such as /clients"
        ),
        (
            "{ name: a, http: \"http://b/\", gauges: { a: { pointer: /a, unit: byte } } }",
            "probes[0].gauges.a.unit: found \"byte\"; expected one of count, bytes, total; did you mean \"bytes\"?"
        ),
        (
            "{ name: a, http: \"http://b/\", gauges: { a: { unit: bytes } } }",
            "probes[0].gauges.a.pointer: missing; expected a JSON Pointer, such as /heapUsed"
        ),
        (
            "{ name: a, http: \"http://b/\", gauges: { a: /~2 } }",
            "probes[0].gauges.a: found \"/~2\"; expected a JSON Pointer (RFC 6901), such as /clients"
        ),
        (
            "{ name: a, http: \"http://b/\", gauges: { a: /b~ } }",
            "probes[0].gauges.a: found \"/b~\"; expected a JSON Pointer (RFC 6901), such as /clients"
        ),
        (
            "{ name: a, http: \"http://b/\", gauges: { \"a b\": /b } }",
            "probes[0].gauges.a b: \"a b\" is no gauge name; expected letters, digits, -, _ and ."
        ),
        (
            "{ name: a, http: reference/debug/state, gauges: { a: /a } }",
            "probes[0].http: found \"reference/debug/state\", but the bundled server is not the target; expected an http or https address, such as http://127.0.0.1:8080/debug/state"
        ),
        (
            "{ name: a, port: reference }",
            "probes[0].port: found \"reference\", but the bundled server is not the target; expected a port, such as 8443"
        ),
        (
            "{ name: a, port: 65536 }",
            "probes[0].port: 65536 is out of range; expected a whole number from 1 to 65,535, such as 8443"
        ),
        (
            "{ name: a, pid: 0 }",
            "probes[0].pid: 0 is out of range; expected a whole number from 1 to 2,147,483,647, such as 1234"
        ),
        (
            "{ name: a, port: 1, gauges: [rrs] }",
            "probes[0].gauges[0]: found \"rrs\"; expected one of fds, sockets, rss, threads, private, fds.socket, fds.pipe, fds.file, fds.eventpoll, fds.other, sockets.orphaned, sockets.receiveQueue, sockets.sendQueue; did you mean \"rss\"?"
        ),
        (
            "{ name: a, port: 1, every: 1ms }",
            "probes[0].every: 1ms is out of range; expected a duration from 10ms to 1h, such as 250ms"
        ),
        (
            "{ name: a, port: 1 }\n  - { name: a, pid: 1 }",
            "probes[1]: the name \"a\" is taken; expected a name of its own"
        ),
    ])
    func probes(item: String, expected: String) throws {
        let text = Examples.scenario("hold: 1s", target: "http://a/") + "probes:\n  - \(item)\n"
        let errors = Examples.errors(of: text)
        #expect(errors.count == 1)
        let error = try #require(errors.first)
        #expect(error.hasPrefix("smoke.yaml:\(expected.hasPrefix("probes[1]") ? 8 : 7):"))
        #expect(error.hasSuffix(": " + expected))
    }
}
