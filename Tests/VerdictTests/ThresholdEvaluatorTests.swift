import Record
import RunProfile
import Testing
import Verdict
import Vocabulary

@Suite struct ThresholdEvaluatorTests {
    private func value(_ metric: ThresholdMetric, of record: RunRecord) -> Double? {
        record.judged(Made.threshold(metric)).thresholds[0].value
    }

    /// A record in which every metric has a figure of its own.
    private func measured() -> RunRecord {
        var record = Made.record()
        record.load.connections.attempted = 4_000
        record.load.connections.established = 3_000
        record.load.connections.failed = 1_000
        record.load.connections.dropped = 500
        record.load.connections.completed = 2_000
        record.load.connections.ended = 400
        record.load.connections.peak = 2_500
        record.load.errors = ["ECONNRESET": 700, "LIMIT_HEADER_BYTES": 301]
        record.load.latency[.connect].record(1_000_000)
        record.load.latency[.tlsHandshake].record(2_000_000)
        record.load.latency[.timeToHeaders].record(3_000_000)
        record.load.latency[.timeToFirstEvent].record(4_000_000)
        record.load.latency[.event].record(5_000_000)
        record.load.heartbeat.interval.record(6_000_000)
        var streams = StreamRecord()
        streams.gap.record(10_000_000)
        streams.timeToFirstToken = LatencyHistogram()
        streams.timeToFirstToken?.record(11_000_000)
        streams.tokenRate = NumberHistogram()
        streams.tokenRate?.record(12)
        record.load.streams = streams
        record.load.heartbeat.streams = 10
        record.load.heartbeat.beats = 100
        record.load.heartbeat.missed = 7
        record.load.heartbeat.longestSilence = 8_000_000
        record.load.heartbeat.disconnectedWhileQuiet = 9
        record.heartbeatExpected = HeartbeatExpectation(expect: 8_000_000, longestInterval: 9_000_000, match: "comment")
        var rhythm = RhythmRecord(period: 8_000_000)
        rhythm.jitter.record(7_000_000)
        rhythm.period.record(6_000_000)
        record.load.heartbeat.rhythm = rhythm
        record.load.deliveries = [delivery]
        var bystander = BystanderRecord(name: "health", url: "/healthz")
        bystander.beside.answered = 1
        bystander.beside.latency.record(13_000_000)
        bystander.beside.errors = ["HTTP_500": 18]
        record.load.bystanders = [bystander]
        record.gauges = [
            Made.leakingGauge(), Made.leakingGauge("timers"), Made.gauge("topics", loadEnd: 0, settle: 0),
        ]
        record.attributions = [
            Made.attribution(.requestSent, .fin, residual: 5), Made.attribution(.requestSent, .rst, residual: 5),
        ]
        return record
    }

    private var delivery: DeliveryRecord {
        var delivery = DeliveryRecord(publisher: "news")
        delivery.counts.streams = 4
        delivery.counts.received = 90
        delivery.counts.lost = 11
        delivery.counts.duplicated = 12
        delivery.counts.outOfOrder = 13
        delivery.counts.stale = 14
        delivery.counts.replayed = 15
        var publishing = PublishingCounts()
        publishing.accepted = 16
        publishing.errors = ["HTTP_500": 17]
        publishing.spread.record(7_000_000)
        delivery.publishing = publishing
        return delivery
    }

    @Test(arguments: ThresholdMetric.all) func everyMetricIsMeasured(metric: ThresholdMetric) {
        let expected: Double =
            switch metric {
            case .latency(.connect, _): 1e6
            case .latency(.tlsHandshake, _): 2e6
            case .latency(.timeToHeaders, _): 3e6
            case .latency(.timeToFirstEvent, _): 4e6
            case .latency(.event, _): 5e6
            case .latency(.gap, _): 10e6
            case .latency(.timeToFirstToken, _): 11e6
            case .tokenRate: 12
            case .heartbeatInterval: 6e6
            case .heartbeatJitter: 7e6
            // A quarter of a period too early.
            case .heartbeatDrift: 0.25
            case .heartbeatMissed: 7
            case .heartbeatLongestSilence: 8e6
            case .heartbeatDisconnected: 9
            case .delivery(.received): 90
            case .delivery(.lost): 11
            case .delivery(.duplicated): 12
            case .delivery(.outOfOrder): 13
            case .delivery(.stale): 14
            case .delivery(.replayed): 15
            case .delivery(.accepted): 16
            case .delivery(.failed): 17
            case .deliverySpread: 7e6
            case .bystanders: 13e6
            case .bystanderErrors: 18
            case .leaks: 2
            case .errorRate: 0.25
            case .errorCount: 1_001
            case .connections(.attempted): 4_000
            case .connections(.established): 3_000
            case .connections(.failed): 1_000
            case .connections(.dropped): 500
            case .connections(.completed): 2_000
            case .connections(.ended): 400
            case .connections(.peak): 2_500
            }
        #expect(value(metric, of: measured()) == expected)
    }

    @Test func noLeakIsClaimedToBeAbsentWhileAGaugeWasNeverRead() {
        var record = Made.record()
        record.gauges = [Made.gauge("timers", loadEnd: 0, settle: 0)]
        #expect(value(.leaks, of: record) == 0)
        record.gauges.append(GaugeRecord(probe: "state", gauge: "clients", unit: .count))
        #expect(value(.leaks, of: record) == nil)
        record.gauges.append(Made.leakingGauge("topics"))
        #expect(value(.leaks, of: record) == 1)
    }

    @Test(arguments: ThresholdMetric.all) func whatWasNotMeasuredFails(metric: ThresholdMetric) {
        let empty = RunRecord(profile: "empty", seed: 1, started: 0)
        if case .connections = metric {
            #expect(value(metric, of: empty) == 0)
        } else {
            let result = empty.judged(Made.threshold(metric, .greaterOrEqual, 0)).thresholds[0]
            #expect(result.value == nil)
            #expect(!result.passed)
        }
    }

    @Test(arguments: [
        (ThresholdMetric.Figure.p50, 50_000.0), (.p90, 90_000), (.p99, 99_000), (.p999, 99_900), (.max, 100_000),
    ])
    func figuresAreThoseOfTheHistogram(figure: ThresholdMetric.Figure, microseconds: Double) throws {
        var record = Made.record()
        for step in 1...1_000 as ClosedRange<UInt64> {
            record.load.latency[.connect].record(step * 100_000)
            record.load.heartbeat.interval.record(step * 100_000)
        }
        let latency = try #require(value(.latency(.connect, figure), of: record))
        #expect(abs(latency / (microseconds * 1_000) - 1) < 0.002)
        #expect(value(.heartbeatInterval(figure), of: record) == latency)
    }

    @Test func missedBeatsAreUnmeasuredWhereNoneWereExpected() {
        var record = measured()
        record.heartbeatExpected = nil
        #expect(value(.heartbeatMissed, of: record) == nil)
    }

    @Test func leaksNeedACountedGaugeThatWasRead() {
        var record = Made.record()
        record.gauges = [Made.gauge("rss", unit: .bytes, settle: 0)]
        #expect(value(.leaks, of: record) == nil)
        record.gauges = [Made.gauge(loadEnd: 3)]
        #expect(value(.leaks, of: record) == nil)
        record.gauges = [Made.gauge(loadEnd: 3, settle: 0)]
        #expect(value(.leaks, of: record) == 0)
    }

    @Test(arguments: [
        (Threshold.Comparison.lessOrEqual, [true, true, false]), (.greaterOrEqual, [false, true, true]),
        (.equal, [false, true, false]), (.notEqual, [true, false, true]), (.less, [true, false, false]),
        (.greater, [false, false, true]),
    ])
    func comparisonsHold(comparison: Threshold.Comparison, outcomes: [Bool]) {
        #expect([1.0, 2, 3].map { comparison.holds($0, 2) } == outcomes)
    }

    @Test func resultsKeepTheProfilesOrderAndWords() {
        let thresholds = [
            Threshold(expression: "errors.rate < 30%", metric: .errorRate, comparison: .less, bound: 0.3),
            Threshold(expression: "leaks == 0", metric: .leaks, comparison: .equal, bound: 0),
        ]
        let results = Judge(thresholds: thresholds).judge(measured()).thresholds
        #expect(results.map(\.expression) == ["errors.rate < 30%", "leaks == 0"])
        #expect(results.map(\.passed) == [true, false])
    }
}
