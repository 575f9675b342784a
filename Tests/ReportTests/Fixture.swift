import Report
import Record
import Verdict
import Vocabulary

/// Made-up runs with figures as a real run has them.
enum Fixture {
    static let ms = Nanoseconds.perMillisecond

    /// A run against a server that leaks clients that are dropped between headers and first event.
    static func leaky() -> ReportDocument {
        ReportDocument(record: leakyRecord(), judgement: leakyJudgement)
    }

    /// A run of which nothing is known but its name.
    static func empty() -> ReportDocument {
        ReportDocument(
            record: RunRecord(profile: "empty", seed: 1, started: 0),
            judgement: Judgement(leaks: [], findings: [], thresholds: [])
        )
    }

    static func leakyRecord() -> RunRecord {
        var record = RunRecord(profile: "soak-ci", seed: 42, started: 1_790_000_000)
        record.ended = record.started + 96
        record.environment.version = "1.0.0"
        record.environment.system = "Linux 6.1.0-18-amd64"
        record.environment.processors = 2
        record.environment.command = "hydrotest run soak.yaml --report-dir Reports"
        record.environment.target = "https://127.0.0.1:8443/events?topics=news"
        record.environment.descriptorLimit = 65_536
        record.load = load()
        record.phases = phases
        record.gauges = gauges
        record.heartbeatExpected = HeartbeatExpectation(
            expect: 1_000 * ms,
            longestInterval: 1_200 * ms,
            match: "comment"
        )
        record.attributions = Stage.allCases.map { stage in
            let residual = stage == .headersReceived ? 38.0 : 0
            return Attribution(
                stage: stage,
                manner: .rst,
                probe: "state",
                gauge: "clients",
                drops: 1_000,
                residual: residual
            )
        }
        record.publish = PublishRecord(status: 204, error: nil)
        record.generator.cpuSeconds = 41.7
        record.generator.peakResidentBytes = 187_000_000
        record.series = series()
        return record
    }

    static let leakyJudgement = Judgement(
        leaks: [
            leak("clients", .headersReceived, .rst, .permanent, leaked: 171),
            leak("subscriptions", .headersReceived, .rst, .untilBroadcast, leaked: 171),
            leak("timers", nil, nil, .bounded, leaked: 64),
        ],
        findings: [
            Finding(
                id: "leak",
                severity: .failure,
                title: "The gauge clients keeps 171 of 4,480 connections that were dropped at headers-received by rst",
                evidence: [
                    "The baseline was 0; after the settle time, the inactivity timeout and a publish 171 were left.",
                    "Tried alone, headers-received by rst left 38.2 for each thousand drops (95%: 32.8 – 44.2).",
                ]
            ),
            Finding(
                id: "late-heartbeat",
                severity: .warning,
                title: "12 heartbeats came more than 20% late",
                evidence: ["The longest interval was 1.84 s where 1.00 s was expected."]
            ),
            Finding(id: "no-compression", severity: .info, title: "The server does not compress", evidence: []),
        ],
        thresholds: [
            ThresholdResult(expression: "leaks == 0", value: 3, passed: false),
            ThresholdResult(expression: "connect.p99 < 500ms", value: 18_400_000, passed: true),
            ThresholdResult(expression: "heartbeat.interval.p99 < 1200ms", value: 1_040_000_000, passed: true),
            ThresholdResult(expression: "errors.rate < 0.1%", value: 0.000_25, passed: true),
            ThresholdResult(expression: "event.p99 < 50ms", value: nil, passed: false),
        ]
    )

    static let phases = [
        Phase(name: .baseline, start: 0, end: 2), Phase(name: .load, start: 2, end: 68),
        Phase(name: .settle, start: 68, end: 70), Phase(name: .inactivity, start: 70, end: 80.5),
        Phase(name: .publish, start: 80.5, end: 82), Phase(name: .attribution, start: 82, end: 96),
    ]

    static func leak(_ gauge: String, _ stage: Stage?, _ manner: Manner?, _ kind: LeakClass, leaked: Double) -> Leak {
        Leak(
            gauge: gauge,
            probe: "state",
            stage: stage,
            manner: manner,
            drops: 4_480,
            leaked: leaked,
            per1000Drops: leaked / 4.48,
            low: leaked / 5.2,
            high: leaked / 3.9,
            class: kind
        )
    }

    private static let gauges: [GaugeRecord] = {
        var clients = GaugeRecord(probe: "state", gauge: "clients", unit: .count)
        clients.baseline = 0
        clients.peak = 2_184
        clients.residuals = GaugeRecord.Rung.allCases.map { .init(rung: $0, value: $0 == .loadEnd ? 188 : 171) }
        var timers = GaugeRecord(probe: "state", gauge: "timers", unit: .count)
        timers.baseline = 1
        timers.peak = 2_102
        timers.residuals = [.init(rung: .settle, value: 64), .init(rung: .inactivity, value: 0)]
        timers.gaps = ["ETIMEDOUT": 3]
        var memory = GaugeRecord(probe: "process", gauge: "rss", unit: .bytes)
        memory.baseline = 84_000_000
        memory.peak = 231_000_000
        memory.residuals = [.init(rung: .settle, value: 31_000_000)]
        return [clients, timers, memory, GaugeRecord(probe: "process", gauge: "fds", unit: .count)]
    }()
}
