import Record

extension RunRecord {
    /// Every span of time that was measured, with its name in thresholds and reports.
    public var histograms: [(name: String, histogram: LatencyHistogram)] {
        let all =
            load.latency.named + [
                ("heartbeat.interval", load.heartbeat.interval), ("loopLag", load.loopLag),
                ("dropDelay", load.dropDelays ?? LatencyHistogram()),
            ]
        return all.filter { !$0.histogram.isEmpty }
    }
}
