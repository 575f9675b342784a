import RunProfile
import TestTurns
import Testing
import Vocabulary

@testable import Probe

@Suite(Turn.sideBySide) struct InstanceGaugeReaderTests {
    /// Answers by turns, as workers that share a port.
    private final class Workers: InstanceSource {
        let probe = "state"
        let gauges = [GaugeDescription(name: "clients", unit: .count)]
        var turns: [String]
        var values: [String: Double]
        var gone: Set<String> = []
        var serving: Set<String> = []
        var failure: String?
        private(set) var asked = 0

        init(_ values: [String: Double], turns: [String]? = nil) {
            self.values = values
            self.turns = turns ?? values.keys.sorted()
        }

        func begin() -> Set<String> { serving }

        func ask() throws(Gap) -> [(instance: String, readings: [GaugeReading])] {
            if let failure { throw Gap(failure) }
            defer { asked += 1 }
            let name = turns[asked % turns.count]
            return [(name, [.value(values[name] ?? 0)])]
        }

        func isGone(_ instance: String) -> Bool { gone.contains(instance) }
    }

    private func reader(_ workers: Workers) -> InstanceGaugeReader {
        InstanceGaugeReader(workers, timeout: 60 * .perSecond)
    }

    @Test func theFirstReadingLooksForAll() {
        let workers = Workers(["a": 1, "b": 2, "c": 4])
        let reader = reader(workers)
        #expect(reader.read() == [.value(7)])
        #expect(workers.asked == InstanceGaugeReader.firstTries)
        #expect(reader.instances == 3)
    }

    @Test func aLaterReadingEndsOnceAllHaveAnswered() {
        let workers = Workers(["a": 1, "b": 2, "c": 4])
        let reader = reader(workers)
        _ = reader.read()
        let before = workers.asked
        workers.values = ["a": 10, "b": 20, "c": 40]
        #expect(reader.read() == [.value(70)])
        #expect(workers.asked - before == 4)
    }

    @Test func aLaterReadingIsBounded() {
        let workers = Workers(["a": 1, "b": 2])
        let reader = reader(workers)
        _ = reader.read()
        let before = workers.asked
        workers.turns = ["a"]
        // The last reading of the other still counts.
        #expect(reader.read() == [.value(3)])
        #expect(workers.asked - before == InstanceGaugeReader.triesPerInstance * 3)
    }

    @Test func whoServesMustAnswer() {
        let workers = Workers(["a": 1, "b": 2], turns: ["a"])
        workers.serving = ["a", "b"]
        let reader = reader(workers)
        #expect(reader.read() == [.gap("INSTANCE_UNSEEN")])
        workers.turns = ["a", "b"]
        #expect(reader.read() == [.value(3)])
    }

    @Test func aProcessThatIsGoneLeavesTheSum() {
        let workers = Workers(["a": 1, "b": 2])
        let reader = reader(workers)
        _ = reader.read()
        workers.turns = ["a"]
        workers.gone = ["b"]
        #expect(reader.read() == [.value(1)])
    }

    @Test func anErrorIsAGap() {
        let workers = Workers(["a": 1])
        let reader = reader(workers)
        _ = reader.read()
        workers.failure = "ECONNREFUSED"
        #expect(reader.read() == [.gap("ECONNREFUSED")])
    }

    private func answer(_ body: String) -> String {
        "HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    @Test func instancesAreToldApartByTheirAnswers() throws {
        // Each connection meets the next worker; the fifth is the one that sees to a new one.
        let bodies = (0..<InstanceGaugeReader.firstTries).map { #"{"pid": \#($0 % 3), "clients": \#($0 % 3 + 1)}"# }
        let server = try ScriptedServer(bodies.map { [.readRequest(), .send(answer($0))] })
        let reader = try HTTPGaugeReader(
            probe: "state",
            url: server.url("/state"),
            gauges: [ProbeOptions.HTTPGauge(name: "clients", pointer: "/clients")],
            instance: "/pid",
            timeout: 10 * .perSecond
        )
        let sum = InstanceGaugeReader(reader, timeout: 10 * .perSecond)
        #expect(sum.read() == [.value(6)])
        #expect(sum.instances == 3)
        #expect(server.finish().count == bodies.count)
    }

    @Test func anAnswerWithoutItsNameIsAGap() throws {
        let server = try ScriptedServer([[.readRequest(), .send(answer(#"{"clients": 1}"#))]])
        let reader = try HTTPGaugeReader(
            probe: "state",
            url: server.url("/state"),
            gauges: [ProbeOptions.HTTPGauge(name: "clients", pointer: "/clients")],
            instance: "/pid",
            timeout: 10 * .perSecond
        )
        #expect(InstanceGaugeReader(reader, timeout: 10 * .perSecond).read() == [.gap("INSTANCE_NOT_FOUND")])
        _ = server.finish()
    }

    @Test func metricsAreGroupedByALabel() throws {
        let bodies = ["clients{pid=\"1\",t=\"a\"} 2\nclients{pid=\"1\",t=\"b\"} 3\n", "clients{pid=\"2\"} 4\n"]
        let scripts = (0..<InstanceGaugeReader.firstTries).map {
            [ScriptedServer.Step.readRequest(), .send(answer(bodies[$0 % 2]))]
        }
        let server = try ScriptedServer(scripts)
        let reader = PrometheusGaugeReader(
            probe: "metrics",
            url: server.url("/metrics"),
            gauges: [ProbeOptions.MetricGauge(name: "clients", selector: try #require(MetricSelector("clients")))],
            instance: "pid",
            timeout: 10 * .perSecond
        )
        #expect(InstanceGaugeReader(reader, timeout: 10 * .perSecond).read() == [.value(9)])
        _ = server.finish()
    }

    @Test func severalAddressesAreAddedUpOrAGap() throws {
        let servers = try ["1", "2"].map { number in
            try ScriptedServer([
                [
                    .readRequest(), .send(answer(#"{"clients": \#(number)}"#)),
                    .readRequest(), .send(number == "1" ? answer(#"{"clients": 9}"#) : answer("<html>")),
                ]
            ])
        }
        let readers = try servers.map { server in
            try HTTPGaugeReader(
                probe: "state",
                url: server.url("/state"),
                gauges: [ProbeOptions.HTTPGauge(name: "clients", pointer: "/clients")],
                timeout: 10 * .perSecond
            )
        }
        let sum = SummedGaugeReader(readers)
        #expect(sum.instances == 2)
        #expect(sum.read() == [.value(3)])
        #expect(sum.read() == [.gap("NOT_JSON")])
        for server in servers { _ = server.finish() }
    }
}
