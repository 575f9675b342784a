import Testing

@testable import Probe

struct MetricsParserTests {
    private func parse(
        _ text: String,
        _ format: MetricsFormat = .prometheus
    ) throws(MetricsError) -> (samples: [MetricsSample], counters: Set<String>) {
        var samples: [MetricsSample] = []
        let counters = try MetricsParser.parse(Array(text.utf8), format: format) { samples.append($0) }
        return (samples, counters)
    }

    @Test func readsTheOlderFormat() throws {
        let (samples, counters) = try parse(
            """
            # HELP sse_clients Registered clients.
            # TYPE sse_clients gauge
            sse_clients 12
            # TYPE http_errors counter
            http_errors{ code = "500" , path="a\\\\b\\"c\\nd", } 1.5e3 1395066363000
            \t spaced\t{a="ü"}\t-0.5\t

            # TYPE wait histogram
            wait_bucket{le="+Inf"} 3\r
            # EOF
            last:metric 1
            """
        )
        #expect(
            samples == [
                MetricsSample(name: "sse_clients", labels: [:], value: 12),
                MetricsSample(name: "http_errors", labels: ["code": "500", "path": "a\\b\"c\nd"], value: 1500),
                MetricsSample(name: "spaced", labels: ["a": "ü"], value: -0.5),
                MetricsSample(name: "wait_bucket", labels: ["le": "+Inf"], value: 3),
                MetricsSample(name: "last:metric", labels: [:], value: 1),
            ]
        )
        #expect(counters.contains("http_errors"))
        #expect(counters.contains("wait_bucket"))
        #expect(!counters.contains("sse_clients"))
    }

    @Test func readsOpenMetrics() throws {
        let (samples, counters) = try parse(
            """
            # TYPE requests counter
            # UNIT requests seconds
            requests_total{code="200"} 7 1520879607.789 # {trace_id="x y"} 0.67 1520879607.1
            requests_created 1520872607.123
            open 3
            # EOF

            """,
            .openMetrics
        )
        #expect(samples.map(\.value) == [7, 1520872607.123, 3])
        #expect(counters.contains("requests_total"))
    }

    @Test(arguments: ["", "a 1", "a 1\n# EOFF\n", "a 1\n#EOF\n"])
    func openMetricsWithoutItsEndAreCutOff(text: String) {
        #expect(throws: MetricsError.cutOff) { try parse(text, .openMetrics) }
    }

    @Test func nothingFollowsTheEndOfOpenMetrics() {
        #expect(throws: MetricsError.syntax) { try parse("# EOF\na 1\n", .openMetrics) }
    }

    @Test(arguments: [("NaN", Double.nan), ("+Inf", .infinity), ("-Inf", -.infinity), ("inf", .infinity)])
    func readsWhatIsNoFigure(text: String, value: Double) throws {
        let sample = try #require(try parse("a \(text)\n").samples.first)
        #expect(sample.value == value || (sample.value.isNaN && value.isNaN))
    }

    @Test(arguments: [
        "<html>", "a", "a{", "a{b}", "a{b=1} 1", "a{b=\"c} 1", "a{b=\"c\"d=\"e\"} 1", "a{b=\"c\",b=\"d\"} 1", "a b",
        "a 0x10", "a 1 b", "a 1 2 3", "1a 1", "{a=\"b\"} 1", "a 1 # {} 1", "a{b=\"c\\",
    ])
    func refusesOtherText(text: String) {
        #expect(throws: MetricsError.syntax) { try parse(text) }
    }

    @Test func isBounded() {
        let long = String(repeating: "x", count: MetricsParser.lineLimit + 1)
        #expect(throws: MetricsError.lineLimit) { try parse("# \(long)\n") }
        let labels = (0...MetricsParser.labelLimit).map { "l\($0)=\"\"" }.joined(separator: ",")
        #expect(throws: MetricsError.labelLimit) { try parse("a{\(labels)} 1") }
        let lines = String(repeating: "\n", count: MetricsParser.lineCountLimit + 1)
        #expect(throws: MetricsError.lineCountLimit) { try parse(lines) }
    }
}
