import RunProfile
import TestTurns
import Testing
import Vocabulary

@testable import Probe

@Suite(Turn.sideBySide) struct HTTPGaugeReaderTests {
    private static let gauges = [
        ProbeOptions.HTTPGauge(name: "clients", pointer: "/clients"),
        ProbeOptions.HTTPGauge(name: "timers", pointer: "/timers"),
    ]

    private func answer(_ body: String, status: String = "200 OK") -> String {
        "HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    @Test func readsItsGaugesOrTheirGaps() throws {
        let server = try ScriptedServer([
            [
                .readRequest(), .send(answer(#"{"clients": {"a": 1, "b": 2}, "timers": 7}"#)),
                .readRequest(), .send(answer(#"{"clients": 3}"#)),
                .readRequest(), .send(answer("<html>")),
                .readRequest(), .send(answer("{}", status: "503 Service Unavailable")),
            ]
        ])
        let reader = try HTTPGaugeReader(
            probe: "state",
            url: server.url("/debug/state"),
            gauges: Self.gauges,
            timeout: 10 * .perSecond
        )
        #expect(reader.gauges.map(\.name) == ["clients", "timers"])
        #expect(reader.read() == [.value(2), .value(7)])
        #expect(reader.read() == [.value(3), .gap("POINTER_NOT_FOUND")])
        #expect(reader.read() == [.gap("NOT_JSON"), .gap("NOT_JSON")])
        #expect(reader.read() == [.gap("HTTP_503"), .gap("HTTP_503")])
        let requests = server.finish()
        #expect(requests.count == 4)
        #expect(requests.allSatisfy { $0.hasPrefix("GET /debug/state HTTP/1.1\r\n") })
    }

    @Test func refusesWhatIsNoPointer() {
        let gauge = ProbeOptions.HTTPGauge(name: "clients", pointer: "clients")
        #expect(throws: HTTPGaugeReader.InvalidPointer(gauge: "clients", pointer: "clients")) {
            try HTTPGaugeReader(
                probe: "state",
                url: TargetURL(tls: false, host: "127.0.0.1", port: 1, path: "/"),
                gauges: [gauge],
                timeout: 1
            )
        }
    }
}
