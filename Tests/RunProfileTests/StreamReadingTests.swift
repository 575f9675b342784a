import RunProfile
import Testing
import Vocabulary

@Suite struct StreamReadingTests {
    private func scenario(_ text: String) throws -> Scenario {
        try Examples.read(Examples.scenario(text)).scenarios[0]
    }

    @Test func aScenarioAsksForItself() throws {
        let scenario = try scenario(
            """
            hold: 1s
                method: POST
                headers: { X-Key: "{{key}}" }
                body: '{"q": "{{prompt}}"}'
                data: prompts.csv
            """
        )
        #expect(scenario.request.method == "POST")
        #expect(scenario.request.headers == [.init(name: "X-Key", value: "{{key}}")])
        #expect(scenario.request.body == #"{"q": "{{prompt}}"}"#)
        #expect(scenario.request.dataFile == "prompts.csv")
        #expect(scenario.request.bodyFile == nil)
    }

    @Test func filesCountFromAFolder() throws {
        var request = try scenario("hold: 1s\n    bodyFile: a.json\n    data: b.csv").request
        request.resolveFiles { "/profiles/\($0)" }
        #expect(request.bodyFile == "/profiles/a.json")
        #expect(request.dataFile == "/profiles/b.csv")
    }

    @Test func whatIsLookedForInEvents() throws {
        let stream = try scenario(
            """
            hold: 1s
                until: "[DONE]"
                tokens: /choices/0/delta/content
                latency: { pointer: /t, unit: us }
            """
        ).stream
        #expect(stream.until == .data("[DONE]"))
        #expect(stream.tokens == "/choices/0/delta/content")
        #expect(stream.serverTime == StreamOptions.ServerTime(pointer: "/t", unit: .microseconds))
        #expect(try scenario("hold: 1s\n    until: { event: message_stop }").stream.until == .event("message_stop"))
        #expect(try scenario("hold: 1s").stream == StreamOptions())
    }

    @Test(arguments: [
        ("read: stop", ReadPace.stop), ("read: { rate: 1KiB/s }", .rate(1_024)), ("read: { rate: 64/s }", .rate(64)),
        ("read: { rate: 1.5 MiB/s }", .rate(1_572_864)), ("timeout: 1s", .full),
    ])
    func howStreamsAreRead(text: String, pace: ReadPace) throws {
        #expect(try scenario("hold: 1s\n    \(text)").read == pace)
    }

    @Test(arguments: [("4096", 4_096), ("4KiB", 4_096), ("1 MiB", 1_048_576), ("2048B", 2_048)])
    func bytesHaveUnits(text: String, bytes: Int) throws {
        #expect(try scenario("hold: 1s\n    receiveBuffer: \(text)").receiveBuffer == bytes)
    }

    @Test(arguments: [("20", 20...20), ("1..50", 1...50)])
    func dropsAtAnEventAreInTheStream(text: String, events: ClosedRange<Int>) throws {
        let drop = try #require(try scenario("drop: { events: \(text), manners: [rst] }").drop)
        #expect(drop.events == events)
        #expect(drop.stages == [.streaming])
        #expect(drop.manners == [.rst])
    }

    @Test func arrivalsCanBeginLater() throws {
        var scenario = try scenario("hold: 1s\n    start: 5s\n    arrival: { rate: 10/s }")
        scenario.connections = 2
        let schedule = ArrivalSchedule(of: scenario)
        #expect(schedule.moment(of: 0) == 5 * .perSecond)
        #expect(schedule.moment(of: 1) == 5_100 * .perMillisecond)
    }

    @Test(arguments: [
        ("read: slow", "read: found \"slow\"; expected stop, or a rate, such as { rate: 1KiB/s }"),
        ("read: {}", "read.rate: missing; expected bytes a second, such as 1KiB/s"),
        ("read: { rate: 1KiB }", "read.rate: found \"1KiB\"; \(rate)"),
        ("read: { rate: 0/s }", "read.rate: 0/s is out of range; \(rate)"),
        ("read: { rate: 1GiB/s }", "read.rate: 1GiB/s is out of range; \(rate)"),
        ("read: { rate: -1/s }", "read.rate: found \"-1/s\"; \(rate)"),
        ("receiveBuffer: 12", "receiveBuffer: 12 is out of range; \(buffer)"),
        ("receiveBuffer: big", "receiveBuffer: found \"big\"; \(buffer)"),
        ("receiveBuffer: 1.5", "receiveBuffer: found \"1.5\"; \(buffer)"),
        ("until: []", "until: found a list; \(marker)"), ("until:", "until: found nothing; \(marker)"),
        ("until: { event: a, data: b }", "until.data: unknown key (known keys: event)"),
        ("tokens: choices", "tokens: found \"choices\"; expected a JSON Pointer (RFC 6901), such as /clients"),
        ("tokens: \(String(repeating: "/a", count: 33))", "tokens: 33 names in a pointer; expected at most 32"),
        ("latency: { pointer: /t }", "latency.unit: missing; expected one of s, ms, us, ns"),
        ("latency: { pointer: /t, unit: min }", "latency.unit: found \"min\"; expected one of s, ms, us, ns"),
        ("latency: 5ms", "latency: found \"5ms\"; expected a map, such as { pointer: /t, unit: ms }"),
        ("data: ''", "data: found \"\"; expected a file, beside the profile or by its whole path, such as prompts.csv"),
        ("body: a\n    bodyFile: b", "bodyFile: both body and bodyFile; expected either body or bodyFile"),
        (
            "method: post",
            "method: found \"post\"; expected a request method in capitals, such as GET; did you mean \"POST\"?"
        ),
        ("start: soon", "start: found \"soon\"; expected a duration up to 168h, such as 5s"),
    ])
    func namesWhatIsWrong(text: String, expected: String) {
        let found = Examples.errors(of: Examples.scenario("hold: 1s\n    \(text)"))
        #expect(found.map { $0.split(separator: ": ", maxSplits: 1)[1] } == ["scenarios[0].\(expected)"])
    }

    @Test(arguments: [
        ("drop: { events: 0 }", "drop.events: 0 is out of range; \(events)"),
        ("drop: { events: 9..3 }", "drop.events: 9..3 is upside down; \(events)"),
        ("drop: { events: few }", "drop.events: found \"few\"; \(events)"),
        ("drop: { events: 5, stages: all }", "drop.stages: both stages and events; expected either stages or events"),
        ("drop: { stages: all }\n    read: stop", "read: read beside drop; expected read beside hold"),
        (
            "drop: { events: 5, manners: [alert] }",
            "drop.manners[0]: no connection can be dropped by alert at any of the stages; expected an https address, or transport: tls with the bundled server"
        ),
    ])
    func namesWhatIsWrongWithADrop(text: String, expected: String) {
        let found = Examples.errors(of: Examples.scenario(text))
        #expect(found.map { $0.split(separator: ": ", maxSplits: 1)[1] } == ["scenarios[0].\(expected)"])
    }

    private static let rate = "expected bytes a second, from 1 B/s to 100 MiB/s, such as 1KiB/s"
    private static let buffer = "expected bytes from 1.00 KiB to 64.0 MiB, such as 4096"
    private static let marker =
        "expected the data of a stream's last event, such as \"[DONE]\", or { event: message_stop }"
    private static let events =
        "expected a whole number from 1 to 1,000,000, such as 20, or a range of them, such as 1..50"
}
