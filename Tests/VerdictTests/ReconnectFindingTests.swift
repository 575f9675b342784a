import Record
import Testing
import Verdict
import Vocabulary

@Suite struct ReconnectFindingTests {
    /// A run in which 100 of 1,000 streams were closed a second into the load and were back two seconds later.
    private func record(_ change: (inout ReconnectRecord) -> Void = { _ in }) -> RunRecord {
        var reconnect = ReconnectRecord()
        reconnect.closed = [ReconnectRecord.dropped: 100]
        reconnect.note(at: .perSecond, { _ in }, window: { $0.closed = 100 })
        reconnect.note(at: 2 * .perSecond) { record in
            record.attempts = 130
            record.failures = ["ECONNREFUSED": 30]
        } window: {
            $0.attempts = 130
            $0.failed = 30
        }
        reconnect.note(at: 3 * .perSecond, { $0.returned = 100 }, window: { $0.returned = 100 })
        change(&reconnect)
        var record = Made.record()
        record.load.connections.peak = 150
        record.load.reconnect = reconnect
        return record
    }

    @Test func withoutReconnectionsThereIsNothingToSay() {
        #expect(Made.record().judged().findings.isEmpty)
        var record = Made.record()
        record.load.reconnect = ReconnectRecord()
        #expect(record.judged().findings.isEmpty)
    }

    @Test func aShortRetryIsAStorm() throws {
        let told = RetryRecord(told: 100, zeros: 100, shortest: 0, longest: 0)
        let finding = try #require(record { $0.retry = told }.findings("retry-storm").first)
        #expect(finding.severity == .failure)
        #expect(finding.title.contains("and they came at up to 1,300 a second"), "\(finding.title)")
        #expect(finding.evidence.contains { $0.contains("ECONNREFUSED: 30") })
        var calm = told
        calm.shortest = 100 * .perMillisecond
        #expect(record { $0.retry = calm }.findings("retry-storm").isEmpty)
        var untried = Made.record()
        untried.load.reconnect = ReconnectRecord()
        untried.load.reconnect?.retry = told
        #expect(untried.findings("retry-storm").first?.severity == .warning)
    }

    @Test func clientsThatStayAwayAreAFailure() throws {
        let finding = try #require(
            record {
                $0.gaveUp = 2
                $0.awayAtEnd = 3
            }.findings("reconnect-incomplete").first
        )
        #expect(finding.severity == .failure)
        #expect(finding.title == "5 streams did not come back")
        #expect(record().findings("reconnect-incomplete").isEmpty)
    }

    @Test func aMassDropTellsHowLongAllWereAway() throws {
        var drop = MassDropRecord(at: .perSecond, manner: .rst)
        (drop.closed, drop.returned, drop.lastReturn) = (100, 100, 2_050 * .perMillisecond)
        let findings = record { $0.drops = [drop] }.findings("reconnect-storm")
        #expect(findings.count == 1)
        #expect(findings.first?.severity == .info)
        #expect(findings.first?.title == "100 streams dropped at once (rst): all back after 2.05 s")
        let facts = "Attempts to come back: 130, of which 30 failed; at most 1,300 a second."
        #expect(findings.first?.evidence.contains(facts) == true, "\(findings)")
        drop.returned = 99
        let incomplete = record { $0.drops = [drop] }.findings("reconnect-storm").first
        #expect(incomplete?.title == "100 streams dropped at once (rst): 99 back, the last after 2.05 s")
    }

    @Test func aMassClosureByTheServerIsFoundInTheWindows() {
        let findings = record().findings("reconnect-storm")
        #expect(findings.map(\.title) == ["100 streams closed: all back after 2.10 s"])
        var few = record()
        few.load.connections.peak = 1_000
        #expect(few.findings("reconnect-storm").isEmpty)
    }

    @Test(
        arguments: [
            (0, 0, 0, []), (5, 0, 0, []), (5, 2, 0, ["lost-on-resume"]), (0, 2, 0, ["resume-unsupported"]),
            (5, 0, 1, ["duplicate-on-resume"]), (5, 2, 1, ["lost-on-resume", "duplicate-on-resume"]),
        ] as [(UInt64, UInt64, UInt64, [String])]
    )
    func whatAResumptionBroughtIsJudged(replayed: UInt64, missing: UInt64, repeated: UInt64, ids: [String]) {
        var resume = ResumeCounts()
        (resume.resumed, resume.replayed, resume.missing, resume.repeated) = (9, replayed, missing, repeated)
        let all = record { $0.resume = resume }.judged().findings
        let findings = all.filter { $0.id.contains("resume") }
        #expect(findings.map(\.id) == ids)
        #expect(findings.allSatisfy { $0.severity == ($0.id == "resume-unsupported" ? .warning : .failure) })
    }

    @Test func anIDThatWasNotSentIsAWarning() {
        let finding = record { $0.unsentIDs = ["LIMIT_LAST_EVENT_ID_BYTES": 4] }.findings("last-event-id-unsent").first
        #expect(finding?.severity == .warning)
        #expect(finding?.title == "4 requests could not say which event was the last")
    }

    @Test func aCommandThatFailedIsNamed() {
        var record = Made.record()
        var hook = HookRecord(place: .during, number: 2, program: "sh")
        hook.failure = "EXIT_1: no"
        record.hooks = [HookRecord(place: .before, number: 1, program: "sh"), hook]
        #expect(record.findings("hook-failed").map(\.severity) == [.warning])
        hook.start = 3
        record.hooks = [hook]
        #expect(record.findings("hook-failed").map(\.severity) == [.failure])
        #expect(record.findings("hook-failed").first?.title == "command 2 during the load (sh): EXIT_1: no")
    }

    @Test func aPlannedRestartIsTold() {
        var record = Made.record()
        record.restart = ServerRestart(ended: 3, listening: 3.6)
        let finding = record.findings("server-restarted").first
        #expect(finding?.severity == .info)
        #expect(
            finding?.title == "the bundled server was ended and started again: it listened again after 600 ms",
            "\(finding?.title ?? "")"
        )
    }
}
