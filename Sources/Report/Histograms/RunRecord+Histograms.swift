import Record

extension RunRecord {
    /// Every span of time that was measured, with its name in thresholds and reports.
    public var histograms: [(name: String, histogram: LatencyHistogram)] {
        let all =
            load.latency.named + [
                ("gap", load.streams?.gap ?? LatencyHistogram()),
                ("timeToFirstToken", load.streams?.timeToFirstToken ?? LatencyHistogram()),
                ("heartbeat.interval", load.heartbeat.interval),
                ("heartbeat.jitter", load.heartbeat.rhythm?.jitter ?? LatencyHistogram()), ("loopLag", load.loopLag),
                ("dropDelay", load.dropDelays ?? LatencyHistogram()),
            ]
        return all.filter { !$0.histogram.isEmpty }
    }
}
