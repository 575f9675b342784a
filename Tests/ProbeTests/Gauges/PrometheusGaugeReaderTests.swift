import RunProfile
import TestTurns
import Testing
import Vocabulary

@testable import Probe

@Suite(Turn.sideBySide) struct PrometheusGaugeReaderTests {
    private func answer(_ body: String, type: String = "text/plain; version=0.0.4", status: String = "200 OK") -> String
    {
        "HTTP/1.1 \(status)\r\nContent-Type: \(type)\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    private func reader(_ server: ScriptedServer, _ selectors: String...) throws -> PrometheusGaugeReader {
        let gauges = try selectors.enumerated().map { index, text in
            ProbeOptions.MetricGauge(name: "g\(index)", selector: try #require(MetricSelector(text)))
        }
        return PrometheusGaugeReader(
            probe: "metrics",
            url: server.url("/metrics"),
            gauges: gauges,
            timeout: 10 * .perSecond
        )
    }

    @Test func readsItsGaugesOrTheirGaps() throws {
        let openMetrics = "application/openmetrics-text; version=1.0.0; charset=utf-8"
        let server = try ScriptedServer([
            [
                .readRequest(),
                .send(
                    answer(
                        "clients 3\nerrors{code=\"500\",m=\"a\"} 1\nerrors{code=\"500\",m=\"b\"} 2\nerrors{code=\"404\"} 9\n"
                    )
                ),
                .readRequest(), .send(answer("clients NaN\nerrors{code=\"500\"} +Inf\n")),
                .readRequest(), .send(answer("clients 1\n", type: openMetrics)),
                .readRequest(), .send(answer("clients 1\nerrors{code=\"500\"} 5\n# EOF\n", type: openMetrics)),
                .readRequest(), .send(answer("<html>\n")),
                .readRequest(), .send(answer("", status: "500 Oops")),
            ]
        ])
        let reader = try reader(server, "clients", "errors{code=\"500\"}", "nothing")
        let notFound = GaugeReading.gap("METRIC_NOT_FOUND")
        #expect(reader.read() == [.value(3), .value(3), notFound])
        #expect(reader.read() == [.gap("NOT_A_NUMBER"), .gap("NOT_A_NUMBER"), notFound])
        #expect(reader.read() == Array(repeating: .gap("METRICS_CUT_OFF"), count: 3))
        #expect(reader.read() == [.value(1), .value(5), notFound])
        #expect(reader.read() == Array(repeating: .gap("NOT_METRICS"), count: 3))
        #expect(reader.read() == Array(repeating: .gap("HTTP_500"), count: 3))
        let requests = server.finish()
        #expect(requests.count == 6)
        #expect(
            requests.allSatisfy { $0.contains("\r\nAccept: application/openmetrics-text;version=1.0.0,text/plain") }
        )
    }

    @Test func whatTheMetricsCallACounterIsATotal() throws {
        let server = try ScriptedServer([
            [.readRequest(), .send(answer("# TYPE errors counter\nerrors 7\n# TYPE clients gauge\nclients 2\n"))]
        ])
        let reader = try reader(server, "errors", "clients")
        #expect(reader.gauges.map(\.unit) == [.count, .count])
        #expect(reader.read() == [.value(7), .value(2)])
        #expect(reader.gauges.map(\.unit) == [.total, .count])
        _ = server.finish()
    }
}
