import Load
import RunProfile
import Synchronization
import TestTurns
import Testing
import Vocabulary

@testable import HydrotestKit

@Suite(Turn.sideBySide) struct RunMonitorTests {
    private let threshold = MadeSnapshot.threshold(.connections(.attempted), .less, 100)

    private func progress(started: Int, open: Int, peak: Int) -> LoadProgress {
        let progress = LoadProgress()
        progress.attempted.store(started, ordering: .relaxed)
        progress.open.store(open, ordering: .relaxed)
        progress.peak.store(peak, ordering: .relaxed)
        return progress
    }

    @Test func loadsThatFollowEachOtherAddUp() {
        let monitor = RunMonitor(profile: "made", thresholds: [threshold], startedAt: 0)
        monitor.begin(phase: "load")
        monitor.begin(load: progress(started: 60, open: 5, peak: 9), planned: 80)
        #expect(monitor.snapshot().open == 5)
        #expect(monitor.snapshot().planned == 80)
        monitor.endLoad()
        #expect(monitor.snapshot().open == 0)
        #expect(monitor.snapshot().planned == nil)
        monitor.begin(load: progress(started: 50, open: 2, peak: 3), planned: 60)
        let snapshot = monitor.snapshot()
        #expect(snapshot.counts.started == 110)
        #expect(snapshot.peak == 9)
        #expect(snapshot.thresholds.map(\.state) == [.broken])
    }

    @Test func theAttributionsDropsAreNotWhatThresholdsAreAbout() {
        let monitor = RunMonitor(profile: "made", thresholds: [threshold], startedAt: 0)
        monitor.begin(load: progress(started: 60, open: 0, peak: 9), planned: 60)
        monitor.endLoad()
        monitor.endJudgedLoad()
        monitor.begin(load: progress(started: 50, open: 0, peak: 9), planned: 50)
        #expect(monitor.snapshot().thresholds.map(\.state) == [.holding])
        #expect(monitor.snapshot().counts.started == 110)
    }

    @Test func aRunShowsItsEnd() throws {
        let server = try Server()
        var profile = try server.profile([Made.dropping(20, at: [.requestSent])])
        profile.thresholds = [threshold]
        let run = ProfileRun(profile: profile, options: RunOptions(), interrupts: Server.interrupts)
        #expect(run.monitor.snapshot().counts == RunCounts())
        _ = try run.run()
        let snapshot = run.monitor.snapshot()
        #expect(snapshot.counts.started == 20)
        #expect(snapshot.counts.dropped == 20)
        #expect(snapshot.open == 0)
        #expect(snapshot.gauges.map(\.name) == ["clients", "timers", "subscriptions"])
        #expect(snapshot.gauges.allSatisfy { $0.value == 0 })
        #expect(snapshot.thresholds.map(\.state) == [.holding])
    }
}
