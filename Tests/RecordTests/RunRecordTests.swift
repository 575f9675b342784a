import Foundation
import Record
import Testing
import Vocabulary

@Suite struct RunRecordTests {
    private func full() -> RunRecord {
        var record = RunRecord(profile: "soak", seed: .max, started: 1_700_000_000.25)
        record.ended = 1_700_000_060.5
        record.interrupted = true
        record.environment.version = "1.0"
        record.environment.processors = 2
        record.load.connections.attempted = 9
        record.load.stages = [.tlsHelloPartial: 4, .streaming: 2]
        record.load.drops = [DropCount(stage: .headersReceived, manner: .halfClose, count: 3)]
        record.load.errors = ["TLS_CERT_HAS_EXPIRED": 1]
        record.load.latency[.connect].record(1_234_567)
        record.load.heartbeat.missed = 0
        record.phases = [Phase(name: .baseline, start: 0, end: 2), Phase(name: .load, start: 2, end: 10)]
        var gauge = GaugeRecord(probe: "state", gauge: "clients", unit: .count)
        gauge.baseline = 1
        gauge.peak = 100
        gauge.residuals = GaugeRecord.Rung.allCases.map { .init(rung: $0, value: 2) }
        gauge.gaps = ["ECONNREFUSED": 2]
        record.gauges = [gauge]
        record.attributions = [
            Attribution(
                stage: .requestSent,
                manner: .closeNotify,
                probe: "state",
                gauge: "clients",
                drops: 50,
                residual: 3
            )
        ]
        record.heartbeatExpected = HeartbeatExpectation(expect: 1, longestInterval: 2, match: "comment")
        record.publish = PublishRecord(status: 202, error: nil)
        record.generator.saturation = ["late"]
        var series = Series(unit: "count")
        series.t = [0, 0.5]
        series.v = [1, 2]
        record.series = ["state.clients": series]
        return record
    }

    @Test func roundTripKeepsTheWholeRecord() throws {
        let record = full()
        #expect(try JSONDecoder().decode(RunRecord.self, from: JSONEncoder().encode(record)) == record)
    }

    @Test func unmeasuredFiguresStayAbsent() throws {
        let record = RunRecord(profile: "empty", seed: 1, started: 0)
        let copy = try JSONDecoder().decode(RunRecord.self, from: JSONEncoder().encode(record))
        #expect(copy == record)
        #expect(copy.load.heartbeat.missed == nil)
        #expect(copy.heartbeatExpected == nil)
        #expect(copy.publish == nil)
    }

    @Test func stagesAndMannersAreWrittenByTheirNames() throws {
        let text = try String(decoding: JSONEncoder().encode(full()), as: UTF8.self)
        #expect(text.contains(#""tls-hello-partial":4"#))
        #expect(text.contains(#""half-close""#))
        #expect(text.contains(#""schema":"hydrotest.record\/1""#))
    }

    @Test func unknownStageIsRefused() throws {
        let text = try String(decoding: JSONEncoder().encode(full()), as: UTF8.self)
        let broken = text.replacingOccurrences(of: "headers-received", with: "headers-recieved")
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(RunRecord.self, from: Data(broken.utf8)) }
    }
}
