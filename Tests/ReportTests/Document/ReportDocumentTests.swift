import FoundationEssentials
import Record
import Testing
import Verdict
import Vocabulary

@testable import Report

@Suite struct ReportDocumentTests {
    /// The keys of an object in JSON, one level deep, in order; values are skipped by counting brackets.
    private func keys(_ json: [UInt8]) -> [String] {
        var keys: [String] = []
        var depth = 0
        var text: [UInt8]?
        var last = ""
        var isEscaped = false
        for byte in json {
            if var open = text {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    last = String(decoding: open, as: UTF8.self)
                    text = nil
                    continue
                }
                open.append(byte)
                text = open
            } else {
                switch byte {
                case UInt8(ascii: "\""): text = []
                case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
                case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
                case UInt8(ascii: ":") where depth == 1: keys.append(last)
                default: break
                }
            }
        }
        return keys
    }

    private func object(_ document: ReportDocument) throws -> [String: JSONValue] {
        try JSONDecoder().decode([String: JSONValue].self, from: Data(document.json()))
    }

    @Test func keysStandInTheirOrder() throws {
        #expect(
            try keys(Fixture.leaky().json()) == [
                "schema", "profile", "seed", "started", "ended", "environment", "verdict", "connections", "drops",
                "errors",
                "latency", "heartbeat", "leaks", "generator", "findings", "thresholds", "phases", "gauges", "slopes",
                "series",
                "record",
            ]
        )
    }

    @Test func coreHasItsKeys() throws {
        let json = try object(Fixture.leaky())
        #expect(json["schema"] == .string("hydrotest.report/1"))
        #expect(json["verdict"] == .string("fail"))
        #expect(
            json["connections"]?.keys == [
                "attempted", "completed", "dropped", "ended", "established", "failed", "peak",
            ]
        )
        #expect(json["latency"]?.keys == ["connect", "timeToFirstEvent", "timeToHeaders", "tlsHandshake"])
        #expect(json["latency"]?["connect"]?.keys == ["count", "max", "p50", "p90", "p99", "p999"])
        #expect(
            json["heartbeat"]?.keys
                == ["beats", "disconnectedWhileQuiet", "interval", "longestSilence", "missed", "proxies", "streams"]
        )
        #expect(json["heartbeat"]?["interval"]?.keys == ["max", "p50", "p99"])
        #expect(json["generator"]?.keys == ["cpuSeconds", "lateArrivals", "loopLag", "peakResidentBytes", "saturated"])
        #expect(json["generator"]?["loopLag"]?.keys == ["max", "p50", "p99"])
        #expect(json["drops"]?.items?.first?.keys == ["count", "manner", "stage"])
        #expect(
            json["leaks"]?.items?.first?.keys
                == ["class", "drops", "gauge", "high", "leaked", "low", "manner", "per1000Drops", "probe", "stage"]
        )
        #expect(json["findings"]?.items?.first?.keys == ["evidence", "id", "severity", "title"])
        #expect(json["thresholds"]?.items?.first?.keys == ["expression", "passed", "value"])
        #expect(json["series"]?["streams"]?.keys == ["t", "unit", "v"])
        #expect(json["errors"] == .object(["ECONNRESET": .number(2), "HTTP_503": .number(1)]))
    }

    @Test func whatWasNotMeasuredIsAbsent() throws {
        let json = try object(Fixture.empty())
        #expect(json["latency"] == .object([:]))
        #expect(json["heartbeat"]?.keys == ["beats", "disconnectedWhileQuiet", "streams"])
        #expect(json["generator"]?.keys == ["lateArrivals", "saturated"])
        let leaky = try object(Fixture.leaky())
        #expect(leaky["thresholds"]?.items?.last?.keys == ["expression", "passed"])
        #expect(leaky["leaks"]?.items?.last?["stage"] == nil)
    }

    @Test func spansAreWholeNanoseconds() throws {
        let summary = try #require(Fixture.leaky().latency[.connect])
        #expect(summary.count == 12_000)
        #expect(String(decoding: try Fixture.leaky().json(), as: UTF8.self).contains("\"max\":\(summary.max),"))
    }

    @Test func decodesToWhatWasEncoded() throws {
        let document = Fixture.leaky()
        let decoded = try ReportDocument(json: document.json())
        #expect(decoded == document)
        #expect(decoded.record.series == document.record.series)
        #expect(!decoded.record.series.isEmpty)
        #expect(decoded.judgement == Fixture.leakyJudgement)
    }

    @Test func sameDocumentSameBytes() throws {
        #expect(try Fixture.leaky().json() == Fixture.leaky().json())
    }

    @Test func refusesAnUnknownSchema() throws {
        let text = String(decoding: try Fixture.empty().json(), as: UTF8.self).replacing(
            "hydrotest.report/1",
            with: "hydrotest.report/9"
        )
        #expect(throws: DecodingError.self) { try ReportDocument(json: Array(text.utf8)) }
    }

    @Test func slashesStayReadable() throws {
        #expect(String(decoding: try Fixture.leaky().json(), as: UTF8.self).contains("https://127.0.0.1:8443/events"))
    }

    @Test func numbersThatAreNotFiniteAreLeftOut() throws {
        var record = Fixture.leakyRecord()
        var series = Series(unit: "count")
        series.append(0, 1)
        series.append(1, .nan)
        series.append(2, .infinity)
        series.append(3, 4)
        record.series = ["state.clients": series]
        record.gauges[0].peak = .nan
        record.gauges[0].residuals = [.init(rung: .settle, value: .infinity)]
        var judgement = Fixture.leakyJudgement
        judgement.leaks[0].high = .infinity
        judgement.thresholds[0].value = .nan
        let document = ReportDocument(record: record, judgement: judgement)
        #expect(document.series["state.clients"]?.v == [1, 4])
        #expect(document.series["state.clients"]?.t == [0, 3])
        #expect(document.gauges[0].peak == nil)
        #expect(document.gauges[0].residuals.isEmpty)
        #expect(document.leaks[0].high == nil)
        #expect(document.thresholds[0].value == nil)
        #expect(try ReportDocument(json: document.json()) == document)
    }
}
