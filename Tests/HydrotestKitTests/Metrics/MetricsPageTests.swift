import Probe
import RunProfile
import Testing

@testable import HydrotestKit

@Suite struct MetricsPageTests {
    private var snapshot: RunSnapshot {
        var snapshot = MadeSnapshot.moment(
            12.5,
            open: 300,
            counts: MadeSnapshot.counts(started: 600, failed: 3, dropped: 40, events: 7),
            gauges: MadeSnapshot.gauges,
            thresholds: [
                MadeSnapshot.threshold(.connections(.failed), .equal, 0),
                MadeSnapshot.threshold(.connections(.failed), .equal, 0),
                MadeSnapshot.threshold(.leaks, .equal, 0),
            ]
        )
        snapshot.profile = "a \"b\" \\ c"
        return snapshot
    }

    @Test func figuresHaveNamesWithUnits() {
        let text = MetricsPage(snapshot, form: .prometheus).text
        for line in [
            "hydrotest_run_elapsed_seconds 12.5",
            "hydrotest_streams_open 300.0",
            "# TYPE hydrotest_events_total counter",
            "hydrotest_events_total 7",
            "hydrotest_connections_started_total 600",
            "hydrotest_drops_total 40",
            "hydrotest_reading{gauge=\"rss\",probe=\"process\",unit=\"bytes\"} 3145728.0",
            "hydrotest_threshold_broken{expression=\"connections.failed == 0.0\"} 1.0",
        ] { #expect(text.contains("\(line)\n")) }
        #expect(text.contains("hydrotest_run_info{profile=\"a \\\"b\\\" \\\\ c\""))
        // A gap is absent, and so is what is judged at the end; the same threshold stands once.
        #expect(!text.contains("fds"))
        #expect(!text.contains("leaks"))
        #expect(text.ranges(of: "hydrotest_threshold_broken{").count == 1)
        #expect(!text.contains("# EOF"))
    }

    @Test func openMetricsNamesCountersWithoutTheirSuffix() {
        let text = MetricsPage(snapshot, form: .openMetrics).text
        #expect(text.contains("# TYPE hydrotest_events counter\nhydrotest_events_total 7\n"))
        #expect(text.hasSuffix("\n# EOF\n"))
    }

    @Test(
        arguments: [
            ("", .prometheus), ("*/*", .prometheus), ("text/plain;version=0.0.4", .prometheus),
            ("application/openmetrics-text;version=1.0.0,text/plain;q=0.5", .openMetrics),
        ] as [(String, MetricsPage.Form)]
    )
    func theFormIsTheOneAskedFor(accept: String, form: MetricsPage.Form) {
        #expect(MetricsPage.Form(accept: accept) == form)
    }
}
