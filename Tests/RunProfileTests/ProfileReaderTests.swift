import RunProfile
import Testing
import Vocabulary

@Suite struct ProfileReaderTests {
    @Test func readsEveryKey() throws {
        let profile = try Examples.read(Examples.full, environment: ["TOKEN": "secret"])
        let server = try #require(TargetURL("https://127.0.0.1:8443/events?topics=news"))
        var target = Target(address: .url(server))
        target.method = "POST"
        target.headers = [
            Target.Header(name: "Authorization", value: "Bearer secret"),
            Target.Header(name: "X-Price", value: "${5}"),
        ]
        target.body = "{\"stream\": true}"
        target.tls.verify = false
        target.tls.authorityFile = "ca.pem"
        target.tls.serverName = "localhost"
        target.tls.resume = true
        target.authorized = true
        #expect(profile.name == "soak-ci")
        #expect(profile.seed == 42)
        #expect(profile.target == target)
        #expect(profile.scenarios == scenarios())
        #expect(profile.probes == (try probes()))
        #expect(profile.leak == (try leak()))

        var heartbeat = HeartbeatOptions(expect: .perSecond)
        heartbeat.tolerance = 0.25
        heartbeat.match = .event("ping")
        #expect(profile.heartbeat == heartbeat)
        #expect(
            profile.thresholds == [
                Threshold(expression: "leaks == 0", metric: .leaks, comparison: .equal, bound: 0),
                Threshold(
                    expression: "connect.p99 < 500ms",
                    metric: .latency(.connect, .p99),
                    comparison: .less,
                    bound: 5e8
                ),
                Threshold(expression: "errors.rate<=0.1%", metric: .errorRate, comparison: .lessOrEqual, bound: 0.001),
            ]
        )
        var limits = LimitOptions()
        limits.headerBytes = 4096
        limits.eventBytes = 2048
        limits.compressionRatio = 50
        #expect(profile.limits == limits)
    }

    private func scenarios() -> [Scenario] {
        var listeners = Scenario(name: "listeners", connections: 2_000)
        listeners.arrival = .rate(0.5)
        listeners.hold = 60 * .perSecond
        listeners.timeout = 3 * .perSecond
        var droppers = Scenario(name: "droppers", connections: 10_000)
        droppers.arrival = .rate(400)
        var drop = DropOptions()
        drop.stages = [.requestSent, .headersReceived]
        drop.manners = [.fin, .rst]
        drop.delay = 0...(20 * .perMillisecond)
        drop.wait = .perSecond
        droppers.drop = drop
        var plain = Scenario(name: "plain", connections: 1)
        plain.url = TargetURL("http://127.0.0.1:8080/events")
        var all = DropOptions()
        all.stages = Stage.passed(tls: false).filter { $0 != .connecting }
        all.manners = [.halfClose]
        plain.drop = all
        return [listeners, droppers, plain]
    }

    private func probes() throws -> [ProbeOptions] {
        let url = try #require(TargetURL("http://127.0.0.1:8080/debug/state"))
        var state = ProbeOptions(
            name: "state",
            source: .http(
                .url(url),
                gauges: [
                    ProbeOptions.HTTPGauge(name: "clients", pointer: "/clients"),
                    ProbeOptions.HTTPGauge(name: "all", pointer: ""),
                    ProbeOptions.HTTPGauge(name: "heap", pointer: "/heapUsed", unit: .bytes),
                ]
            )
        )
        state.every = 100 * .perMillisecond
        return [
            state,
            ProbeOptions(name: "process", source: .process(.port(8443), gauges: [.fds, .rss])),
            ProbeOptions(name: "other", source: .process(.pid(1234), gauges: [.fds, .sockets, .rss, .threads])),
        ]
    }

    private func leak() throws -> LeakOptions {
        var leak = LeakOptions()
        leak.baseline = .perSecond
        leak.settle = 3 * .perSecond
        leak.inactivity = 10 * .perSecond
        leak.attributionDrops = 7
        leak.tolerance = 0.05
        leak.byteTolerance = 4096
        let url = try #require(TargetURL("http://127.0.0.1:8080/broadcast?topic=news"))
        var publish = PublishOptions(address: .url(url))
        publish.method = "PUT"
        publish.body = "hello"
        leak.publish = publish
        return leak
    }

    @Test func leavesDefaults() throws {
        let profile = try Examples.read(Examples.small)
        var listeners = Scenario(name: "listeners", connections: 10)
        listeners.hold = 5 * .perSecond
        var expected = Profile(
            name: "smoke",
            target: Target(address: .reference(path: "/events")),
            scenarios: [listeners]
        )
        expected.probes = ProbeOptions.ofReference
        #expect(profile == expected)
    }

    @Test(arguments: [
        ("reference", "/events"), ("reference/events?topics=news", "/events?topics=news"), ("reference/", "/"),
    ])
    func readsTheBundledServersAddress(url: String, path: String) throws {
        let profile = try Examples.read(Examples.small, overrides: ["target.url=\(url)"])
        #expect(profile.target.address == .reference(path: path))
    }

    @Test func readsWhatTheBundledServerAllows() throws {
        let profile = try Examples.read(
            """
            target: { url: reference }
            reference: { registry: racy, heartbeat: off, inactivity: 5s, raceWindow: 2ms }
            scenarios:
              - { name: secret, connections: 1, transport: tls, drop: { stages: [tls-hello-sent], manners: [alert] } }
            probes:
              - { name: state, http: reference/debug/state, gauges: { a: /a~0b~1c } }
              - { name: process, port: reference, gauges: [threads] }
            leak: { publish: { url: reference/broadcast?topic=news } }
            """
        )
        var reference = ReferenceOptions()
        reference.registry = .racy
        reference.heartbeat = nil
        reference.inactivity = 5 * .perSecond
        reference.raceWindow = 2 * .perMillisecond
        #expect(profile.reference == reference)
        #expect(profile.scenarios.first?.transport == .tls)
        #expect(profile.scenarios.first?.drop?.stages == [.tlsHelloSent])
        let gauge = ProbeOptions.HTTPGauge(name: "a", pointer: "/a~0b~1c")
        #expect(
            profile.probes == [
                ProbeOptions(name: "state", source: .http(.reference(path: "/debug/state"), gauges: [gauge])),
                ProbeOptions(name: "process", source: .process(.reference, gauges: [.threads])),
            ]
        )
        #expect(profile.leak.publish == PublishOptions(address: .reference(path: "/broadcast?topic=news")))
    }

    @Test func readsTheFaultsOfTheBundledServer() throws {
        let profile = try Examples.read(
            "reference: { faults: [no-heartbeat, timer-leak], faultAfter: 5s, tokens: 7, tokenRate: 120/m }\n"
                + Examples.small
        )
        var reference = ReferenceOptions()
        reference.faults = [.timerLeak, .noHeartbeat]
        reference.faultAfter = 5 * .perSecond
        reference.tokens = 7
        reference.tokenRate = 2
        #expect(profile.reference == reference)
    }

    @Test(arguments: Fault.allCases)
    func readsEveryFault(fault: Fault) throws {
        let profile = try Examples.read("reference: { faults: [\(fault.rawValue)] }\n" + Examples.small)
        #expect(profile.reference.faults == [fault])
    }

    @Test func addsNoProbesWhereTheListIsEmpty() throws {
        #expect(try Examples.read(Examples.small + "probes: []").probes.isEmpty)
    }

    @Test(arguments: [("a/b/soak.ci.yaml", "soak.ci"), ("plain", "plain"), (".yaml", ".yaml"), ("", "profile")])
    func namesAfterTheFile(file: String, name: String) throws {
        #expect(try ProfileReader(environment: [:]).read(Examples.small, file: file).name == name)
    }

    @Test(
        arguments: [
            ("all", "[fin]", false, nil),
            ("all", "[fin]", true, nil),
            ("all", "[close-notify]", true, Stage.allCases.filter { $0 >= .tlsHelloSent }),
            ("[streaming, connected]", "[fin]", false, [.connected, .streaming]),
        ] as [(String, String, Bool, [Stage]?)]
    )
    func choosesStages(stages: String, manners: String, tls: Bool, expected: [Stage]?) throws {
        let profile = try Examples.read(
            """
            target: { url: reference }
            scenarios:
              - name: droppers
                connections: 1
                transport: \(tls ? "tls" : "plain")
                drop: { stages: \(stages), manners: \(manners) }
            """
        )
        #expect(profile.scenarios.first?.drop?.stages == expected)
    }
}
