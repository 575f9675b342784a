import Record
import Testing
import Verdict
import Vocabulary

@Suite struct ProxyAdviceTests {
    private func heartbeat(silence: Double?, life: Double, beats: UInt64 = 0) -> HeartbeatRecord {
        var heartbeat = HeartbeatRecord()
        heartbeat.beats = beats
        heartbeat.missed = 0
        heartbeat.longestSilence = silence.map { Nanoseconds(seconds: $0) }
        heartbeat.longestLife = Nanoseconds(seconds: life)
        return heartbeat
    }

    private func wouldCut(_ name: String, _ heartbeat: HeartbeatRecord) -> Bool? {
        ProxyAdvice.all(heartbeat).first { $0.name == name }?.wouldCut
    }

    @Test func everyProxyStatesItsSource() {
        #expect(ProxyTimeout.known.allSatisfy { $0.source.contains(": ") })
        #expect(Set(ProxyTimeout.known.map(\.name)).count == ProxyTimeout.known.count)
    }

    @Test(
        arguments: [
            ("nginx", 61, 300, true), ("AWS ALB", 60, 300, true), ("Cloudflare", 61, 300, false),
            ("Envoy", 299, 600, false), ("Envoy", 300, 600, true), ("Caddy", 5_000, 5_000, false),
            ("Envoy (route)", 1, 16, true), ("Google Cloud Load Balancing", 1, 31, true),
        ] as [(String, Double, Double, Bool)]
    )
    func theLongestSilenceDecides(name: String, silence: Double, life: Double, cuts: Bool) {
        #expect(wouldCut(name, heartbeat(silence: silence, life: life)) == cuts)
    }

    @Test func aShortRunTellsNothingUnlessBeatsCame() {
        #expect(wouldCut("nginx", heartbeat(silence: 10, life: 10)) == nil)
        #expect(wouldCut("nginx", heartbeat(silence: 10, life: 10, beats: 40)) == false)
        #expect(wouldCut("Google Cloud Load Balancing", heartbeat(silence: 10, life: 10, beats: 40)) == nil)
    }

    @Test func whereNoStreamWasOpenNothingIsSaid() {
        #expect(ProxyAdvice.all(heartbeat(silence: nil, life: 0)).isEmpty)
    }

    @Test(arguments: [(10, nil), (35, .info), (59, .info), (61, .warning)] as [(Double, Severity?)])
    func aSilenceIsAWarningWhereManyProxiesCut(silence: Double, severity: Severity?) {
        var record = Made.record()
        record.load.heartbeat = heartbeat(silence: silence, life: 300)
        #expect(record.findings("proxies-would-cut").first?.severity == severity)
    }

    @Test func theFindingNamesProxiesAndSources() throws {
        var record = Made.record()
        record.load.heartbeat = heartbeat(silence: 61, life: 300)
        let finding = try #require(record.findings("proxies-would-cut").first)
        #expect(finding.title == "7 common proxies would cut a stream: 61.0 s without a byte")
        #expect(finding.evidence.contains { $0.hasPrefix("nginx: 60.0 s (ngx_http_proxy_module: proxy_read_timeout") })
    }
}
