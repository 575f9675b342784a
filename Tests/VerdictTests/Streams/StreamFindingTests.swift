import Record
import Testing
import Verdict
import Vocabulary

@Suite struct StreamFindingTests {
    private func record(_ change: (inout StreamRecord) -> Void) -> RunRecord {
        var record = Made.record()
        var streams = StreamRecord()
        streams.unmarked = 0
        change(&streams)
        record.load.streams = streams
        return record
    }

    @Test func streamsWithoutTheirMarkerFailTheRun() throws {
        var record = record {
            $0.marked = 90
            $0.unmarked = 10
        }
        record.load.connections.ended = 10
        let finding = try #require(record.findings("ended-without-marker").first)
        #expect(finding.severity == .failure)
        #expect(finding.title == "10 streams ended without the end marker")
        #expect(finding.evidence.first == "90 streams ended with it.")
        // One fact is told once.
        #expect(record.findings("streams-ended").isEmpty)
        record.load.connections.ended = 12
        #expect(record.findings("streams-ended").first?.title == "2 streams ended by the server before their time")
    }

    @Test func streamsThatEndAsTheyShouldAreNoFinding() {
        let record = record { $0.marked = 100 }
        #expect(record.judged().findings.isEmpty)
    }

    @Test func cancelledStreamsAreTold() throws {
        var record = record { $0.cancelled = 40 }
        var producers = Made.gauge("producers", loadEnd: 3, settle: 0)
        producers.peak = 20
        producers.fell = 0.25
        var slots = Made.gauge("slots", loadEnd: 0, settle: 0)
        slots.peak = 20
        record.gauges = [producers, slots, Made.gauge("idle", loadEnd: 0, settle: 0)]
        let finding = try #require(record.findings("streams-cancelled").first)
        #expect(finding.severity == .info)
        #expect(
            finding.evidence == [
                "state.producers came back to its baseline 250 ms after the last connection's end.",
                "state.slots was back at its baseline as the last connection ended.",
            ]
        )
    }

    @Test func workThatGoesOnIsSaid() throws {
        var record = record { $0.cancelled = 40 }
        record.phases = Made.phases([.baseline, .load, .settle, .inactivity])
        record.gauges = [Made.gauge("producers", loadEnd: 40, settle: 40, inactivity: 0)]
        let words =
            "40 streams were cancelled at an event: where the gauge counts work, the work goes on after its client has gone."
        #expect(try #require(record.findings("leak").first).evidence.contains(words))
        record.load.streams?.cancelled = 0
        #expect(!(try #require(record.findings("leak").first).evidence.contains(words)))
    }

    @Test func aClockThatCannotBeReadIsAWarning() throws {
        var record = Made.record()
        var clock = ServerClockRecord()
        clock.unread = 7
        record.load.serverClock = clock
        #expect(record.findings("server-clock-unread").map(\.severity) == [.warning])
        clock.note(sent: 1, received: 2)
        record.load.serverClock = clock
        #expect(record.findings("server-clock-unread").map(\.severity) == [.info])
        clock.unread = 0
        record.load.serverClock = clock
        #expect(record.findings("server-clock-unread").isEmpty)
    }
}
