import RunProfile
import Testing

@testable import HydrotestKit

@Suite struct PlainProgressTests {
    @Test func aLineTellsTheMoment() {
        let snapshot = MadeSnapshot.moment(
            65,
            open: 300,
            counts: MadeSnapshot.counts(started: 1_600, failed: 2, dropped: 40, events: 12),
            gauges: MadeSnapshot.gauges,
            thresholds: [MadeSnapshot.threshold(.connections(.failed), .equal, 0)]
        )
        let rates = LiveHistory.Rates(arrivals: 100, events: 0.5)
        #expect(
            PlainProgress.line(snapshot, rates: rates)
                == "[01:05] load: 300 streams, 1,600 started (100/s), 12 events (0.500/s), 40 drops, 2 failures, "
                + "state.clients 1,234, process.rss 3.00 MiB, process.fds gap, BROKEN connections.failed == 0.0 (2)"
        )
    }

    @Test func aDayTakesFewHundredLines() {
        var (elapsed, lines) = (0.0, 0)
        while elapsed < 86_400 {
            elapsed += PlainProgress.pause(at: elapsed)
            lines += 1
            if lines == 12 { #expect(elapsed == 60) }
        }
        #expect((300...400).contains(lines))
    }
}
