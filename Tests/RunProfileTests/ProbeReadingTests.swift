import RunProfile
import Testing
import Vocabulary

@Suite struct ProbeReadingTests {
    private func probe(_ item: String) throws -> ProbeOptions {
        let text = Examples.scenario("hold: 1s", target: "http://a/") + "probes:\n  - \(item)\n"
        return try #require(try Examples.read(text).probes.first)
    }

    @Test func readsMetrics() throws {
        let probe = try probe(
            """
            { name: m, prometheus: "http://b/metrics", timeout: 2s, gauges: {
              clients: sse_clients, errors: 'http_errors{code="500"}', sent: sent_total,
              memory: { metric: resident_bytes, unit: bytes } } }
            """
        )
        let url = try #require(TargetURL("http://b/metrics"))
        let errors = MetricSelector(name: "http_errors", matchers: [.init(label: "code", value: "500")])
        #expect(
            probe.source
                == .prometheus(
                    .url(url),
                    gauges: [
                        .init(name: "clients", selector: MetricSelector(name: "sse_clients")),
                        .init(name: "errors", selector: errors),
                        .init(name: "sent", selector: MetricSelector(name: "sent_total"), unit: .total),
                        .init(name: "memory", selector: MetricSelector(name: "resident_bytes"), unit: .bytes),
                    ]
                )
        )
        #expect(probe.timeout == 2 * .perSecond)
    }

    @Test func readsTheAddressesOfInstances() throws {
        let probe = try probe(
            #"{ name: s, http: ["http://b:1/s", "http://b:2/s", "http://b:3/s"], gauges: { c: /c } }"#
        )
        let urls = try (1...3).map { ProbeOptions.Address.url(try #require(TargetURL("http://b:\($0)/s"))) }
        #expect(probe.source == .http(urls[0], gauges: [.init(name: "c", pointer: "/c")]))
        #expect(probe.instances == .addresses([urls[1], urls[2]]))
        #expect(probe.instance == nil)
    }

    @Test func readsWhereAnAnswerNamesItsProcess() throws {
        let http = try probe(#"{ name: s, http: "http://b/s", instance: /process/pid, gauges: { c: /c } }"#)
        #expect(http.instance == "/process/pid")
        let metrics = try probe(#"{ name: s, prometheus: "http://b/s", instance: pid, gauges: { c: c } }"#)
        #expect(metrics.instance == "pid")
        #expect(http.instances == nil && metrics.instances == nil)
    }

    @Test(
        arguments: [
            ("all", .processes(.ownPort, children: false)),
            ("{ port: 8080 }", .processes(.port(8080), children: false)),
            ("{ pid: 1234, children: true }", .processes(.pid(1234), children: true)),
        ] as [(String, ProbeOptions.Instances)]
    )
    func readsTheProcessesThatShareAPort(text: String, instances: ProbeOptions.Instances) throws {
        let probe = try probe("{ name: s, http: \"http://b/s\", instances: \(text), gauges: { c: /c } }")
        #expect(probe.instances == instances)
    }

    @Test func readsACommand() throws {
        var probe = try probe("{ name: w, exec: [./g.sh, 8080], every: 1s, gauges: { clients: /clients } }")
        let gauges = [ProbeOptions.HTTPGauge(name: "clients", pointer: "/clients")]
        #expect(probe.source == .command(["./g.sh", "8080"], gauges: gauges))
        #expect(probe.timeout == nil)
        probe.resolveCommand { "/folder/\($0)" }
        #expect(probe.source == .command(["/folder/./g.sh", "8080"], gauges: gauges))
        var searched = ProbeOptions(name: "w", source: .command(["g.sh"], gauges: gauges))
        searched.resolveCommand { "/folder/\($0)" }
        #expect(searched.source == .command(["g.sh"], gauges: gauges))
    }

    @Test(arguments: [
        ("9229", "http://127.0.0.1:9229/"), ("\"localhost:9230\"", "http://localhost:9230/"),
        ("\"[::1]:9229\"", "http://[::1]:9229/"),
    ])
    func readsAnInspector(address: String, url: String) throws {
        let probe = try probe("{ name: n, inspector: \(address), gauges: { clients: manager.clients } }")
        let path = try #require(PropertyPath("manager.clients"))
        #expect(
            probe.source == .inspector(try #require(TargetURL(url)), gauges: [.init(name: "clients", path: path)])
        )
    }

    @Test func readsProcesses() throws {
        let all = try probe("{ name: p, pid: 7, children: true, gauges: [private, fds.socket, sockets.orphaned] }")
        #expect(
            all.source
                == .process(.pid(7), gauges: [.privateMemory, .socketDescriptors, .orphanedSockets], children: true)
        )
        #expect(all.isOfProcess)
        let usual = try probe("{ name: p, port: 7, children: false }")
        #expect(usual.source == .process(.port(7), gauges: [.fds, .sockets, .rss, .threads]))
    }
}
