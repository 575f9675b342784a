import RunProfile
import Testing
import Vocabulary

@testable import HydrotestKit

@Suite struct LiveThresholdTests {
    @Test(
        arguments: [
            (.errorRate, .less, 0.001, "0.500%", .broken),
            (.errorRate, .less, 0.01, "0.500%", .holding),
            (.connections(.failed), .equal, 0, "5", .broken),
            (.connections(.failed), .lessOrEqual, 5, "5", .holding),
            (.connections(.attempted), .greaterOrEqual, 2_000, "1,000", .open),
            (.connections(.attempted), .greater, 999, "1,000", .holding),
            (.connections(.dropped), .equal, 400, "300", .open),
            (.connections(.dropped), .notEqual, 300, "300", .open),
            (.connections(.peak), .less, 50, "60", .broken),
            (.latency(.connect, .p99), .less, 1, nil, .open),
            (.leaks, .equal, 0, nil, .open),
        ] as [(ThresholdMetric, Threshold.Comparison, Double, String?, LiveThreshold.State)]
    )
    func whatCanBeJudgedIsJudged(
        metric: ThresholdMetric,
        comparison: Threshold.Comparison,
        bound: Double,
        value: String?,
        state: LiveThreshold.State
    ) {
        let counts = MadeSnapshot.counts(started: 1_000, failed: 5, dropped: 300)
        let threshold = MadeSnapshot.threshold(metric, comparison, bound)
        let live = LiveThreshold(threshold, counts: counts, peak: 60)
        #expect(live.value == value)
        #expect(live.state == state)
    }

    @Test func beforeTheFirstConnectionNothingIsKnown() {
        let threshold = MadeSnapshot.threshold(.errorRate, .less, 0.1)
        let live = LiveThreshold(threshold, counts: RunCounts(), peak: 0)
        #expect(live.value == nil)
        #expect(live.state == .open)
    }
}
