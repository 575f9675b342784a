import Record
import Testing
import Verdict
import Vocabulary

@Suite struct StallFindingTests {
    private func stall(_ stage: Stage, ended: [Nanoseconds] = [], kept: [Nanoseconds] = []) -> StallRecord {
        var stall = StallRecord(stage: stage)
        for span in ended { stall.noteEnd(after: span) }
        for span in kept { stall.noteKept(for: span) }
        return stall
    }

    private func record(_ stalls: StallRecord...) -> RunRecord {
        var record = Made.record()
        record.load.stalls = stalls
        return record
    }

    @Test func aTimeoutLongerThanTheLookIsNotCalledNever() throws {
        let twelve: Nanoseconds = 12 * .perSecond
        let record = record(
            stall(.connected, kept: [twelve, twelve]),
            stall(.requestPartial, ended: [10 * .perSecond, 11 * .perSecond])
        )
        let finding = try #require(record.findings("no-handshake-timeout").first)
        #expect(finding.severity == .info)
        #expect(
            finding.title
                == "no handshake timeout within 12.0 s: the server keeps connections that stall at connected"
        )
        #expect(finding.evidence[0] == "connected: 2 stalled, none was ended within 12.0 s.")
        #expect(finding.evidence[1] == "request-partial: the server ended 2, 10.0 s to 11.0 s after they stalled.")
        #expect(finding.evidence.contains { $0.contains("drop.wait: 95s") })
        #expect(!"\(finding)".contains("never"))
    }

    @Test func aLongLookIsAWarning() throws {
        let finding = try #require(
            record(stall(.tlsHelloPartial, kept: [95 * .perSecond])).findings("no-handshake-timeout").first
        )
        #expect(finding.severity == .warning)
    }

    @Test func aServerThatEndsThemIsNotAccused() {
        #expect(
            record(stall(.connected, ended: [.perSecond]), stall(.requestPartial, ended: [0])).judged().findings == []
        )
        // Some were ended later than others were looked at.
        let mixed = stall(.connected, ended: [10 * .perSecond], kept: [5 * .perSecond])
        #expect(record(mixed).judged().findings == [])
        // A stream that is not read is no handshake.
        #expect(record(stall(.streaming, kept: [60 * .perSecond])).findings("no-handshake-timeout") == [])
    }

    @Test func gaugesTellWhatAThousandWouldHold() throws {
        var record = record(stall(.connected, kept: [5 * .perSecond]))
        record.phases = [Phase(name: .load, start: 2, end: 9)]
        record.load.stallHold = StallHold(connections: 10, start: 3, end: 6)
        var gauge = Made.gauge("fds", probe: "process", settle: 1)
        gauge.baseline = 20
        record.gauges = [gauge]
        var series = Series(unit: "count")
        (series.t, series.v) = ([1, 4, 5.1, 6, 7.9, 9], [20, 80, 60, 31, 31, 21])
        record.series = ["process.fds": series]
        let finding = try #require(record.findings("no-handshake-timeout").first)
        #expect(finding.evidence.contains("process.fds: about 1,000 for 1,000 such clients, as the last 10 show."))
        record.load.stallHold?.connections = 2
        #expect(!record.findings("no-handshake-timeout")[0].evidence.contains { $0.contains("about") })
    }
}
