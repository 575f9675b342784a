import Record
import RunProfile
import Testing
import Verdict
import Vocabulary

/// Streams that the server ended at one age, for their silence, or in one instant.
@Suite struct EndingFindingTests {
    /// A run of 40 streams that began 50 ms after one another; ages, silences and gaps in ms.
    private func record(
        age: (Nanoseconds) -> Nanoseconds = { _ in 6_000 },
        silence: Nanoseconds = 1_000,
        gap: Nanoseconds = 1_000,
        isOrderly: Bool,
        isToldRetry: Bool = false
    ) -> RunRecord {
        var record = Made.record()
        record.load.heartbeat.streams = 40
        record.load.heartbeat.beats = 200
        if isOrderly { record.load.connections.ended = 40 }
        for number in 0..<40 as Range<Nanoseconds> {
            let end = StreamEnd(
                age: age(number) * .perMillisecond,
                silence: silence * .perMillisecond,
                longestGap: gap * .perMillisecond,
                isOrderly: isOrderly,
                isToldRetry: isToldRetry
            )
            let moment = (50 * number + age(number)) * .perMillisecond
            record.load.heartbeat.noteEnd(end, quietAfter: 500 * .perMillisecond, at: moment)
        }
        return record
    }

    @Test func streamsCutAtOneAgeAreAFailure() throws {
        let judgement = record(isOrderly: false).judged()
        let finding = try #require(judgement.findings.first)
        #expect(finding.id == "streams-cut-at-age")
        #expect(finding.severity == .failure)
        #expect(finding.title == "streams are cut at age 6.00 s whatever they carry: an absolute time limit")
        #expect(finding.evidence[0] == "40 streams cut, not in good order: reset, or within the body.")
        #expect(finding.evidence[1].contains("Of the streams that got so old 100% ended there, and 0 lived on."))
        #expect(!judgement.passed)
        #expect(judgement.findings.count == 1, "\(judgement.findings.map(\.id))")
    }

    /// Hundreds lived on, and a few were cut, at one age by chance.
    @Test func whatMostStreamsOutliveIsNoLimit() {
        var record = record(isOrderly: false)
        for _ in 0..<760 { record.load.heartbeat.noteUnended(age: 20 * .perSecond) }
        #expect(record.findings("streams-cut-at-age").first?.evidence[1].contains(" 5% ended there") == true)
        record.load.heartbeat.noteUnended(age: 20 * .perSecond)
        #expect(record.findings("streams-cut-at-age").isEmpty)
        // Who left before the age tells nothing.
        var young = self.record(isOrderly: false)
        for _ in 0..<2_000 { young.load.heartbeat.noteUnended(age: .perSecond) }
        #expect(young.findings("streams-cut-at-age").count == 1)
    }

    @Test func recycledStreamsPass() throws {
        let judgement = record(isOrderly: true, isToldRetry: true).judged()
        let finding = try #require(judgement.findings.first)
        #expect(finding.id == "streams-recycled")
        #expect(finding.severity == .info)
        #expect(finding.title == "streams are recycled at age 6.00 s, in good order")
        #expect(judgement.findings.count == 1, "\(judgement.findings.map(\.id))")
        #expect(judgement.passed)
    }

    /// They began at once and ended at once, so that no age is named; yet who tells when to come back meant it.
    @Test(arguments: [(true, Severity.info), (false, .warning)])
    func streamsThatEndAtOnceAreNoAccusationWithARetry(isToldRetry: Bool, severity: Severity) {
        let ended = record(age: { 6_000 - 50 * $0 + $0 }, isOrderly: true, isToldRetry: isToldRetry)
        var few = Made.record()
        few.load.connections.ended = 40
        few.load.heartbeat.streams = 40
        for _ in 0..<40 {
            let end = StreamEnd(
                age: 2 * .perSecond,
                silence: 100 * .perMillisecond,
                longestGap: .perSecond,
                isOrderly: true,
                isToldRetry: isToldRetry
            )
            few.load.heartbeat.noteEnd(end, quietAfter: nil, at: 2 * .perSecond)
        }
        #expect(few.findings("streams-ended").map(\.severity) == [severity])
        #expect(ended.findings("streams-recycled").isEmpty)
    }

    /// The timer of quiet streams is a failure however the streams end.
    @Test(arguments: [true, false]) func anInactivityTimerIsAFailure(isOrderly: Bool) throws {
        let record = record(age: { 3_000 + 500 * $0 }, silence: 3_000, gap: 1_000, isOrderly: isOrderly)
        let finding = try #require(record.findings("quiet-streams-ended").first)
        #expect(finding.severity == .failure)
        #expect(finding.title.hasPrefix("quiet streams end 3.00 s after their last byte: an inactivity timer"))
        #expect(record.findings("streams-cut-at-age").isEmpty && record.findings("streams-recycled").isEmpty)
        let timeout = try #require(record.load.heartbeat.commonQuietLife?.timeout)
        #expect((2_999...3_003).contains(timeout / .perMillisecond))
    }

    /// They look the same, so that nobody is accused.
    @Test func recycledStreamsOnWhichNothingCameMayBeEither() throws {
        let record = record(silence: 6_000, gap: 0, isOrderly: true, isToldRetry: true)
        let finding = try #require(record.findings("quiet-streams-ended").first)
        #expect(finding.severity == .warning)
        #expect(finding.title == "quiet streams end in good order at 6.00 s: recycled, or an inactivity timer")
        #expect(
            self.record(silence: 6_000, gap: 0, isOrderly: true).findings("quiet-streams-ended").first?.severity
                == .failure
        )
    }

    /// No timeout is learned from streams that were cut at one age, whatever they were silent for.
    @Test func aLimitOfAgeIsNoInactivityTimeout() {
        let record = record(silence: 1_400, gap: 1_000, isOrderly: false)
        #expect(record.load.heartbeat.disconnectedWhileQuiet == 40)
        #expect(record.load.heartbeat.endedForSilence == 0)
        #expect(record.load.heartbeat.commonQuietLife == nil)
        #expect(record.findings("quiet-streams-ended").isEmpty)
        let judgement = record.judged(Made.threshold(.heartbeatDisconnected, .equal, 0))
        #expect(judgement.thresholds.map(\.passed) == [true])
    }

    @Test(arguments: [(false, Severity.warning, "were cut"), (true, .info, "ended")])
    func aWorkerThatIsKilledIsNamed(isOrderly: Bool, severity: Severity, how: String) throws {
        let record = record(age: { 5_030 - 50 * $0 }, silence: 300, isOrderly: isOrderly)
        let judgement = record.judged()
        let finding = try #require(judgement.findings.first { $0.id == "streams-ended-together" })
        #expect(finding.severity == severity)
        #expect(
            finding.title == "40 streams of different ages \(how) in the same instant: a worker that was killed "
                + "or restarted"
        )
        #expect(judgement.findings.count == 1, "\(judgement.findings.map(\.id))")
        var planned = record
        planned.restart = ServerRestart(ended: 4.9)
        #expect(planned.findings("streams-ended-together").isEmpty)
    }

    /// Half of the streams, whose answers simply were over, were silent for a while before: no timer is named, none fails.
    @Test func streamsThatEndAtAnyAgeWereQuietByChance() {
        var record = Made.record()
        record.load.connections.ended = 40
        for number in 0..<40 as Range<Nanoseconds> {
            let end = StreamEnd(
                age: (1_000 + 977 * number) * .perMillisecond,
                silence: (number % 4 == 0 ? 600 + 97 * number : 100) * .perMillisecond,
                longestGap: 300 * .perMillisecond,
                isOrderly: true
            )
            record.load.heartbeat.noteEnd(end, quietAfter: 500 * .perMillisecond, at: end.age)
        }
        #expect(record.load.heartbeat.disconnectedWhileQuiet == 10)
        #expect(record.judged().passed)
        record.heartbeatExpected = HeartbeatExpectation(expect: 300_000_000, longestInterval: 400_000_000, match: "any")
        record.load.heartbeat.beats = 100
        #expect(!record.judged().passed, "they were silent for longer than was expected of them")
    }
}
