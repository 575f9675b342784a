import Foundation
import Record
import Testing
import Vocabulary

@Suite struct LoadRecordTests {
    private func record(_ factor: UInt64) -> LoadRecord {
        var record = LoadRecord()
        record.connections.attempted = 100 * factor
        record.connections.established = 80 * factor
        record.connections.failed = 5 * factor
        record.connections.dropped = 15 * factor
        record.connections.completed = 60 * factor
        record.connections.peak = 40 * factor
        record.stages = [.connecting: 100 * factor, .streaming: 60 * factor]
        record.drops = [DropCount(stage: .requestSent, manner: .fin, count: 15 * factor)]
        record.errors = ["ECONNRESET": 4 * factor]
        record.latency[.connect].record(1_000_000 * factor)
        record.latency[.tlsHandshake].record(2_000_000 * factor)
        record.latency[.timeToHeaders].record(3_000_000 * factor)
        record.latency[.timeToFirstEvent].record(4_000_000 * factor)
        record.latency[.event].record(5_000_000 * factor)
        record.heartbeat.streams = 60 * factor
        record.heartbeat.beats = 600 * factor
        record.heartbeat.interval.record(1_000_000_000 * factor)
        record.heartbeat.longestSilence = 2_000_000_000 * factor
        record.heartbeat.disconnectedWhileQuiet = factor
        record.events = 7 * factor
        record.comments = 8 * factor
        record.bytesReceived = 9 * factor
        record.lateArrivals = 2 * factor
        record.resumedHandshakes = 11 * factor
        record.loopLag.record(50_000 * factor)
        return record
    }

    @Test func mergeAddsEveryFigure() {
        var merged = record(1)
        merged.merge(record(2))
        #expect(merged.connections.attempted == 300)
        #expect(merged.connections.established == 240)
        #expect(merged.connections.failed == 15)
        #expect(merged.connections.dropped == 45)
        #expect(merged.connections.completed == 180)
        #expect(merged.connections.peak == 120)
        #expect(merged.stages == [.connecting: 300, .streaming: 180])
        #expect(merged.drops == [DropCount(stage: .requestSent, manner: .fin, count: 45)])
        #expect(merged.errors == ["ECONNRESET": 12])
        #expect(merged.latency[.connect].count == 2)
        #expect(merged.latency[.tlsHandshake].largest == 4_000_000)
        #expect(merged.latency[.timeToHeaders].largest == 6_000_000)
        #expect(merged.latency[.timeToFirstEvent].largest == 8_000_000)
        #expect(merged.latency[.event].largest == 10_000_000)
        #expect(merged.heartbeat.streams == 180)
        #expect(merged.heartbeat.beats == 1_800)
        #expect(merged.heartbeat.interval.count == 2)
        #expect(merged.heartbeat.disconnectedWhileQuiet == 3)
        #expect(merged.events == 21)
        #expect(merged.comments == 24)
        #expect(merged.bytesReceived == 27)
        #expect(merged.lateArrivals == 6)
        #expect(merged.resumedHandshakes == 33)
        #expect(merged.loopLag.count == 2)
    }

    @Test func mergeDoesNotDependOnTheOrder() {
        var left = record(1)
        left.errors["EMFILE"] = 1
        var right = record(3)
        right.stages[.tlsEstablished] = 9
        var forth = left
        forth.merge(right)
        var back = right
        back.merge(left)
        #expect(forth == back)
        #expect(forth.errors["EMFILE"] == 1)
        #expect(forth.stages[.tlsEstablished] == 9)
    }

    @Test func mergeWithNothingChangesNothing() {
        var merged = record(1)
        merged.merge(LoadRecord())
        #expect(merged == record(1))
    }

    @Test func countsOfAFileCannotOverflow() {
        var merged = record(1)
        merged.connections.attempted = .max
        merged.errors["ECONNRESET"] = .max
        merged.drops[0].count = .max
        merged.heartbeat.missed = .max
        var other = record(1)
        other.heartbeat.missed = 1
        merged.merge(other)
        #expect(merged.connections.attempted == .max)
        #expect(merged.errors["ECONNRESET"] == .max)
        #expect(merged.drops[0].count == .max)
        #expect(merged.heartbeat.missed == .max)
    }

    @Test func recordsOfOlderVersionsKnowNothingOfResumption() throws {
        var old = record(1)
        old.resumedHandshakes = nil
        let data = try JSONEncoder().encode(old)
        #expect(!String(decoding: data, as: UTF8.self).contains("resumed"))
        var merged = try JSONDecoder().decode(LoadRecord.self, from: data)
        #expect(merged == old)
        merged.merge(old)
        #expect(merged.resumedHandshakes == nil)
        merged.merge(record(1))
        #expect(merged.resumedHandshakes == 11)
        merged.merge(old)
        #expect(merged.resumedHandshakes == 11)
    }

    @Test func dropDelaysAddUpAndStayAbsentWhereNoneWereMeasured() {
        var record = LoadRecord()
        record.merge(LoadRecord())
        #expect(record.dropDelays == nil)
        var timed = LoadRecord()
        timed.dropDelays = LatencyHistogram()
        timed.dropDelays?.record(200_000)
        record.merge(timed)
        record.merge(timed)
        #expect(record.dropDelays?.count == 2)
        #expect(record.dropDelays?.largest == 200_000)
    }
}
