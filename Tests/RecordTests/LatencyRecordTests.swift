import FoundationEssentials
import Record
import Testing
import Vocabulary

@Suite struct LatencyRecordTests {
    private func record() -> LatencyRecord {
        var record = LatencyRecord()
        for latency in Latency.ofEveryLoad { record[latency].record(Nanoseconds(latency.order + 1) * .perMillisecond) }
        return record
    }

    @Test func eachLatencyHasItsOwnHistogram() {
        #expect(
            record().named.map(\.name) == ["connect", "tlsHandshake", "timeToHeaders", "timeToFirstEvent", "event"]
        )
        #expect(record().named.map(\.histogram.largest) == (1...5).map { $0 * .perMillisecond })
        #expect(record().named.allSatisfy { $0.histogram.count == 1 })
    }

    @Test func theKeysAreTheNames() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let empty = #"{"buckets":[],"max":0}"#
        let expected = ["connect", "event", "timeToFirstEvent", "timeToHeaders", "tlsHandshake"]
            .map { "\"\($0)\":\(empty)" }
        #expect(
            String(decoding: try encoder.encode(LatencyRecord()), as: UTF8.self)
                == "{\(expected.joined(separator: ","))}"
        )
        #expect(try JSONDecoder().decode(LatencyRecord.self, from: encoder.encode(record())) == record())
    }

    @Test func whatAnOlderVersionDidNotKnowIsEmpty() throws {
        let text = #"{"event":{"max":2000000,"buckets":[[2000000,3]]}}"#
        let read = try JSONDecoder().decode(LatencyRecord.self, from: Data(text.utf8))
        #expect(read[.event].count == 3)
        #expect(Latency.ofEveryLoad.allSatisfy { $0 == .event || read[$0].isEmpty })
    }

    @Test func whatIsNoHistogramIsRefused() {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(LatencyRecord.self, from: Data(#"{"connect":null}"#.utf8))
        }
    }
}
