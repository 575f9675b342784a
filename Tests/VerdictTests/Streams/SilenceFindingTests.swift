import Record
import Testing
import Verdict
import Vocabulary

/// A load from 2 s on, and what is told of streams that fell silent at once.
@Suite struct SilenceFindingTests {
    private func silence(_ start: Double = 6, _ end: Double = 8.5) -> CommonSilence {
        var silence = CommonSilence(start: start, end: end)
        (silence.streams, silence.resumed, silence.watched) = (200, 200, 200)
        silence.usual = 200 * .perMillisecond
        return silence
    }

    private func record(
        _ silences: [CommonSilence],
        heartbeat: Nanoseconds? = nil,
        readings: [Double]? = nil
    ) -> RunRecord {
        var record = Made.record()
        record.phases = [Phase(name: .baseline, start: 0, end: 2), Phase(name: .load, start: 2, end: 32)]
        record.load.silences = silences
        record.load.heartbeat.streams = 200
        record.load.heartbeat.beats = 5_000
        if let heartbeat {
            record.heartbeatExpected = HeartbeatExpectation(
                expect: heartbeat,
                longestInterval: heartbeat * 6 / 5,
                match: "comment"
            )
            record.load.heartbeat.missed = silences.reduce(0) { $0 + $1.missed }
        }
        if let readings {
            record.gauges = [Made.gauge(settle: 0)]
            var series = Series(unit: "count")
            series.t = readings
            series.v = readings.map { _ in 0 }
            record.series["state.clients"] = series
        }
        return record
    }

    /// A probe that reads each quarter of a second, but for a while, in seconds of the run.
    private func readings(butBetween start: Double = 8.1, and end: Double = 10.6) -> [Double] {
        (0...120).map { Double($0) / 4 }.filter { $0 <= start || $0 >= end }
    }

    @Test func aServerThatAnsweredNobodyStoodStill() throws {
        let record = record([silence()], readings: readings())
        let finding = try #require(record.findings("server-stalled").first)
        #expect(finding.severity == .warning)
        #expect(finding.title == "the server stood still for 2.50 s: all 200 streams fell silent from 8.00 s to 10.5 s")
        #expect(finding.evidence.contains("Probe state was not answered meanwhile, with 9 readings due."))
    }

    @Test func aServerThatAnsweredOthersWasQuiet() {
        #expect(record([silence()], readings: readings(butBetween: 9, and: 9)).findings("server-stalled").isEmpty)
        var answered = silence()
        (answered.asked, answered.answered) = (9, 9)
        #expect(record([answered], readings: readings()).findings("server-stalled").isEmpty)
    }

    @Test func connectionsInVainTellIt() throws {
        var vain = silence()
        vain.asked = 40
        let finding = try #require(record([vain]).findings("server-stalled").first)
        #expect(finding.severity == .warning)
        #expect(finding.evidence.contains("40 connections begun meanwhile; 0 answers came."))
    }

    @Test func aHeartbeatPromisesBytes() throws {
        var missed = silence()
        missed.missed = 402
        let record = record([missed], heartbeat: 1 * .perSecond, readings: readings(butBetween: 9, and: 9))
        let finding = try #require(record.findings("server-stalled").first)
        #expect(finding.severity == .warning)
        #expect(finding.title == "all 200 streams fell silent at once from 8.00 s to 10.5 s")
        #expect(finding.evidence.contains { $0.hasPrefix("Probe state was answered ") })
        #expect(record.findings("heartbeat-missed").isEmpty)
    }

    @Test func singleBeatsAreToldApart() throws {
        var missed = silence()
        missed.missed = 402
        var record = record([missed], heartbeat: 1 * .perSecond)
        record.load.heartbeat.missed = 407
        let finding = try #require(record.findings("heartbeat-missed").first)
        #expect(finding.title == "5 heartbeats missed")
        #expect(finding.evidence.contains("402 more were missed as many streams fell silent at once."))
    }

    @Test func whatNobodySawIsNoAccusation() throws {
        let finding = try #require(record([silence()]).findings("server-stalled").first)
        #expect(finding.severity == .info)
        #expect(finding.title == "all 200 streams fell silent at once from 8.00 s to 10.5 s")
        // Four times and more is how this server speaks.
        #expect(record((0..<4).map { silence(Double($0) * 6, Double($0) * 6 + 3) }).findings("server-stalled").isEmpty)
    }

    @Test func clocksOfTheirOwnDoNotStopTogether() throws {
        var spread = silence()
        spread.firstStart = spread.start - 0.15
        #expect(try #require(record([spread]).findings("server-stalled").first).severity == .warning)
    }

    @Test func fewStreamsOrAPartOfThemOrNoReturnIsNoStall() {
        var (few, part, gone) = (silence(), silence(), silence())
        (few.streams, few.watched, few.resumed) = (2, 2, 2)
        part.streams = 150
        gone.resumed = 0
        for silence in [few, part, gone] {
            #expect(record([silence], readings: readings()).findings("server-stalled").isEmpty)
        }
    }

    @Test func aClimbPastTheCeilingIsNotJudged() {
        var record = record([silence()], readings: readings())
        record.capacity = CapacityRecord(top: 100)
        #expect(record.findings("server-stalled").isEmpty)
    }

    @Test func streamsThatEndInAStallDidNotStop() {
        var cut = silence()
        cut.resumed = 197
        var record = record([cut], heartbeat: 1 * .perSecond)
        record.load.heartbeat.rhythm = RhythmRecord(period: 1 * .perSecond)
        for (stopped, findings) in [(3, 0), (4, 1)] {
            record.load.heartbeat.rhythm?.stopped = UInt64(stopped)
            #expect(record.findings("heartbeat-stops").count == findings)
        }
    }

    private func beside(_ slow: (start: Double, left: [Double]), _ silence: CommonSilence) -> RunRecord {
        var record = record([silence])
        var readers = SlowReaderRecord()
        readers.streams = UInt64(slow.left.count)
        readers.start = slow.start
        for time in slow.left { readers.noteLeft(at: time) }
        record.load.slowReaders = readers
        return record
    }

    @Test func aSilenceThatEndsAsASlowReaderLeavesIsItsHarm() throws {
        let record = beside((8, [20, 20]), silence(9.9, 20.05))
        let finding = try #require(record.findings("slow-readers-harm-others").first)
        #expect(finding.severity == .failure)
        #expect(finding.title == "all 200 streams fell silent from 11.9 s to 22.1 s, until a slow reader left")
        #expect(finding.evidence.first == "2 slow readers came from 10.0 s on; one left at 22.0 s.")
        #expect(record.findings("server-stalled").isEmpty)
    }

    @Test func aSilenceThatEndsElsewhereIsNot() {
        for silence in [silence(9.9, 19), silence(9.9, 23), silence(5, 7.9), silence(21, 23)] {
            #expect(beside((8, [20, 20]), silence).findings("slow-readers-harm-others").isEmpty)
        }
    }

    /// Where slow readers leave all the time, every end falls together with some.
    @Test func readersThatLeaveAllTheTimeProveNothing() {
        let record = beside((8, (0..<60).map { 8 + Double($0) / 5 }), silence(9.9, 19))
        #expect(record.findings("slow-readers-harm-others").isEmpty)
    }

    @Test func aSilenceThatOutlastsThemMayBeQuiet() throws {
        var gone = silence(9.9, 25)
        gone.resumed = 0
        let finding = try #require(beside((8, [20]), gone).findings("slow-readers-harm-others").first)
        #expect(finding.severity == .info)
    }

    @Test func oldRecordsKnowNoSilences() {
        #expect(Made.record().findings("server-stalled").isEmpty)
    }
}
