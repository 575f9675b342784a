import Record
import RunProfile
import Testing
import Verdict
import Vocabulary

@Suite struct HeartbeatFindingTests {
    private func record(beats: UInt64, missed: UInt64?, expected: Bool = true) -> RunRecord {
        var record = Made.record()
        record.load.heartbeat.streams = 20
        record.load.heartbeat.beats = beats
        record.load.heartbeat.missed = missed
        record.load.heartbeat.longestSilence = 3 * .perSecond
        if expected {
            record.heartbeatExpected = HeartbeatExpectation(
                expect: .perSecond,
                longestInterval: 1_200_000_000,
                match: "comment"
            )
        }
        return record
    }

    @Test func steadyHeartbeatsHaveNoFinding() {
        #expect(record(beats: 100, missed: 0).judged().findings.isEmpty)
    }

    @Test func missedBeatsAreAWarningWithCounts() throws {
        let finding = try #require(record(beats: 100, missed: 7).findings("heartbeat-missed").first)
        #expect(finding.severity == .warning)
        #expect(finding.title == "7 heartbeats missed")
        #expect(
            finding.evidence == [
                "Expected (comment): one every 1.00 s, at most 1.20 s apart.", "100 beats came on 20 streams.",
                "The longest silence of an open stream was 3.00 s.",
            ]
        )
    }

    @Test func missedBeatsAreOnlyToldWhereAThresholdJudgesThem() {
        let judgement = record(beats: 100, missed: 7).judged(Made.threshold(.heartbeatMissed, .lessOrEqual, 10))
        #expect(judgement.findings.map(\.id) == ["heartbeat-missed"])
        #expect(judgement.findings.map(\.severity) == [.info])
        #expect(judgement.passed)
    }

    @Test(arguments: [nil, 60] as [UInt64?]) func noBeatAtAllIsAFailure(missed: UInt64?) {
        let judgement = record(beats: 0, missed: missed).judged()
        #expect(judgement.findings.map(\.id) == ["heartbeat-absent"])
        #expect(judgement.findings.first?.severity == .failure)
        #expect(judgement.findings.first?.title == "no heartbeat on any of 20 streams")
    }

    @Test func noBeatIsNoFailureWhereNoneWasDue() {
        let judgement = record(beats: 0, missed: 0).judged()
        #expect(judgement.findings.map(\.id) == ["heartbeat-unmeasured"])
        #expect(judgement.findings.first?.evidence.contains { $0.hasPrefix("A stream has to be open for ") } == true)
        #expect(judgement.passed)
    }

    @Test func nothingIsJudgedWhereNothingWasExpectedOrWatched() {
        #expect(record(beats: 0, missed: nil, expected: false).judged().findings.isEmpty)
        var unwatched = record(beats: 0, missed: nil)
        unwatched.load.heartbeat.streams = 0
        #expect(unwatched.judged().findings.isEmpty)
    }

    @Test func quietStreamsThatWereEndedAreAFailure() throws {
        var ended = record(beats: 0, missed: nil, expected: false)
        ended.load.heartbeat.disconnectedWhileQuiet = 1_200
        let finding = try #require(ended.findings("quiet-streams-ended").first)
        #expect(finding.severity == .failure)
        #expect(finding.title == "1,200 streams ended by the server while quiet")
        #expect(finding.evidence.contains("20 streams watched; 0 heartbeats received."))
    }
}
