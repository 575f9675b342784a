import Report
import Testing

@Suite struct MetricsReportTests {
    @Test func figuresAreSamples() {
        let lines = MetricsReport(Fixture.leaky()).render().split(separator: "\n").map(String.init)
        #expect(lines.contains("hydrotest_passed 0.0"))
        #expect(lines.contains("hydrotest_connections{fate=\"dropped\"} 10000.0"))
        #expect(lines.contains("hydrotest_heartbeats_missed 12.0"))
        #expect(lines.contains { $0.hasPrefix("hydrotest_latency_seconds{latency=\"connect\",figure=\"p99\"} 0.0") })
        #expect(lines.last == "# EOF")
    }

    /// A sample comes after its family's type, and each line is one sample or one comment (OpenMetrics 1.0).
    @Test func everyLineIsWellFormed() throws {
        let sample = try Regex(#"[a-z0-9_]+(\{([a-z]+="([^"\\]|\\["\\])*",?)+\})? -?[0-9.e+-]+"#)
        for document in [Fixture.leaky(), Fixture.hostile(), Fixture.empty()] {
            var types: Set<String> = []
            for line in MetricsReport(document).render().split(separator: "\n") {
                if line.hasPrefix("#") {
                    if line.hasPrefix("# TYPE ") { types.insert(String(line.split(separator: " ")[2])) }
                    continue
                }
                #expect(line.wholeMatch(of: sample) != nil, "\(line)")
                #expect(types.contains(String(line.prefix { $0 != "{" && $0 != " " })))
            }
        }
    }

    @Test func whatWasNotMeasuredIsAbsent() {
        let text = MetricsReport(Fixture.empty()).render()
        #expect(!text.contains("latency"))
        #expect(!text.contains("heartbeats"))
    }
}
