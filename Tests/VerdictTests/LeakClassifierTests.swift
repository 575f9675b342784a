import Record
import Testing
import Verdict
import Vocabulary

@Suite struct LeakClassifierTests {
    private func classify(_ gauge: GaugeRecord, _ change: (inout RunRecord) -> Void = { _ in }) -> GaugeVerdict {
        var record = Made.record()
        change(&record)
        return LeakClassifier(record: record).classify(gauge)
    }

    @Test(arguments: [
        (Made.gauge(loadEnd: 0, settle: 0, inactivity: 0, publish: 0), LeakClass.none, 0.0),
        (Made.gauge(loadEnd: 0, settle: 0), .none, 0),
        (Made.gauge(loadEnd: 9, settle: 0, inactivity: 0, publish: 0), .drains, 0),
        (Made.gauge(loadEnd: 9, settle: 9, inactivity: 0, publish: 0), .bounded, 9),
        (Made.gauge(loadEnd: 9, settle: 7, inactivity: 5, publish: 0), .untilBroadcast, 5),
        (Made.gauge(loadEnd: 9, settle: 7, publish: 0), .untilBroadcast, 7),
        (Made.gauge(loadEnd: 9, settle: 9, inactivity: 9, publish: 9), .permanent, 9),
        (Made.gauge(loadEnd: 100, settle: 40, inactivity: 12, publish: 12), .permanent, 12),
        (Made.gauge(loadEnd: 9, settle: 9, inactivity: 9), .permanent, 9),
        (Made.gauge(loadEnd: 9, settle: 9), .permanent, 9),
        (Made.gauge(settle: 1, inactivity: 0), .bounded, 1),
        (Made.gauge(loadEnd: 0, settle: 0, inactivity: 3, publish: 3), .permanent, 3),
    ])
    func classFollowsTheLadder(gauge: GaugeRecord, leakClass: LeakClass, leaked: Double) {
        let verdict = classify(gauge)
        #expect(verdict.class == leakClass)
        #expect(verdict.leaked == leaked)
        #expect(verdict.unread.isEmpty)
        #expect(verdict.isLeak == leakClass.isLeak)
    }

    @Test func evidenceTellsWhatTheTimerCleanedUp() {
        let evidence = classify(Made.gauge(loadEnd: 40, settle: 40, inactivity: 12, publish: 12)).evidence
        #expect(evidence.contains("Cleaned up by the inactivity timer: 28."))
        #expect(
            evidence.first
                == "Held above the baseline: 40 as the last connection ended, 40 after the settle time, "
                + "12 after the inactivity timeout, 12 after the publish."
        )
        #expect(!evidence.contains { $0.contains("left out") })
    }

    @Test func rungsLeftOutAreNamed() {
        #expect(
            classify(Made.gauge(settle: 9)).evidence.contains(
                "It was not shown to drain: the inactivity rung and the publish were left out."
            )
        )
        #expect(
            classify(Made.gauge(settle: 9, inactivity: 9)).evidence.contains(
                "It was not shown to drain: the publish was left out."
            )
        )
        #expect(
            classify(Made.gauge(settle: 9, publish: 0)).evidence.contains(
                "The inactivity rung was left out: a timer may have cleaned up as well."
            )
        )
    }

    @Test(arguments: ["fds", "sockets", "threads"])
    func processGaugesHaveASmallSlack(name: String) {
        #expect(classify(Made.gauge(name, loadEnd: 2, settle: 2, inactivity: 2)).class == LeakClass.none)
        #expect(classify(Made.gauge(name, loadEnd: 3, settle: 3, inactivity: 3)).class == .permanent)
        #expect(classify(Made.gauge(name, loadEnd: 9, settle: 9, inactivity: 2)).class == .bounded)
    }

    @Test func otherGaugesHaveNoSlack() {
        #expect(classify(Made.gauge("timers", settle: 1, inactivity: 1)).class == .permanent)
    }

    @Test func bytesAreNeverALeak() {
        let verdict = classify(
            Made.gauge("rss", unit: .bytes, loadEnd: 1e9, settle: 1e9, inactivity: 1e9, publish: 1e9)
        )
        #expect(verdict.class == LeakClass.none)
        #expect(verdict.leaked == 0)
    }

    @Test func withoutABaselineNothingIsJudged() {
        var gauge = Made.leakingGauge()
        gauge.baseline = nil
        let verdict = classify(gauge)
        #expect(verdict.class == nil)
        #expect(!verdict.isLeak)
        #expect(verdict.unread == ["Its baseline could not be read."])
    }

    @Test(arguments: [Made.gauge(loadEnd: 9), Made.gauge(), Made.gauge(loadEnd: 9, inactivity: 0)])
    func withoutASettledReadingNothingIsClaimed(gauge: GaugeRecord) {
        let verdict = classify(gauge)
        #expect(verdict.class == nil)
        #expect(verdict.unread == ["It could not be read after the settle time."])
    }

    @Test(arguments: [
        (Made.gauge(settle: 9), LeakClass.bounded),
        (Made.gauge(settle: 9, inactivity: 9), .untilBroadcast),
        (Made.gauge(settle: 9, publish: 0), .bounded),
    ])
    func aRungThatWasDueAndNotReadCannotAccuse(gauge: GaugeRecord, leakClass: LeakClass) {
        let verdict = classify(gauge) { $0.phases = Made.phases([.load, .settle, .inactivity, .publish]) }
        #expect(verdict.class == leakClass)
        #expect(verdict.isAtLeast)
        #expect(!verdict.unread.isEmpty)
        #expect(verdict.evidence.contains { $0.hasPrefix("The class is at least \(leakClass.rawValue)") })
    }

    @Test func anInterruptedLadderIsJudgedAsFarAsItWasRead() {
        let settled = Made.gauge(loadEnd: 9, settle: 9)
        #expect(classify(settled) { $0.interrupted = true }.class == .bounded)
        #expect(classify(Made.gauge(loadEnd: 9)) { $0.interrupted = true }.class == nil)
        #expect(classify(Made.gauge(loadEnd: 9, settle: 0)) { $0.interrupted = true }.class == .drains)
    }

    @Test func anInterruptedAttributionLeavesTheLadderWhole() {
        let verdict = classify(Made.gauge(settle: 9, inactivity: 9)) {
            $0.interrupted = true
            $0.phases = Made.phases([.load, .settle, .inactivity, .attribution])
        }
        #expect(verdict.class == .permanent)
        #expect(verdict.unread.isEmpty)
    }

    @Test func aClassThatWasReadToItsEndIsNotAtLeast() {
        #expect(!classify(Made.leakingGauge()).isAtLeast)
        #expect(!classify(Made.gauge(settle: 9)).isAtLeast)
    }

    @Test func theTimeOfTheFallIsToldInTheEvidence() {
        var gauge = Made.gauge(loadEnd: 9, settle: 9, inactivity: 0)
        gauge.fell = 3.25
        #expect(classify(gauge).evidence.contains("It came back to its baseline 3.25 s after the load's end."))
    }

    @Test func aDiscoveredTimeoutIsToldWhereItsRungWasRead() {
        func evidence(_ gauge: GaugeRecord, from streams: UInt64?) -> [String] {
            classify(gauge) { $0.inactivity = InactivityRecord(timeout: 5_000_000_000, discoveredFrom: streams) }
                .evidence
        }
        let sentence =
            "The inactivity timeout of 5.00 s was discovered: so long had 3 streams been quiet when the server ended them."
        #expect(evidence(Made.gauge(settle: 9, inactivity: 0), from: 3).contains(sentence))
        #expect(!evidence(Made.gauge(settle: 9, inactivity: 0), from: nil).contains { $0.contains("discovered") })
        #expect(!evidence(Made.gauge(settle: 9), from: 3).contains { $0.contains("discovered") })
    }

    @Test func aFailedPublishIsSaidInTheEvidence() {
        let note = "The publish failed, so its rung shows only what time did."
        let failed = classify(Made.leakingGauge()) { $0.publish = PublishRecord(status: 500, error: nil) }
        #expect(failed.evidence.contains(note))
        let made = classify(Made.leakingGauge()) { $0.publish = PublishRecord(status: 200, error: nil) }
        #expect(!made.evidence.contains(note))
    }
}
