import Record
import RunProfile
import Testing
import Verdict
import Vocabulary

@Suite struct CapacityFindingTests {
    private let connect = Threshold(
        expression: "connect.p99 < 500ms",
        metric: .latency(.connect, .p99),
        comparison: .less,
        bound: 5e8
    )

    private func level(_ streams: UInt64, connect: Double = 3e6, saturation: [String] = []) -> CapacityLevel {
        var level = CapacityLevel(
            streams: streams,
            measures: [
                .init(expression: "connect.p99 < 500ms", value: connect, held: connect < 5e8),
                .init(expression: "streams.open >= 1", value: Double(streams), held: true),
            ],
            saturation: saturation
        )
        level.arrivals = 200
        level.eventP99 = 12 * .perMillisecond
        return level
    }

    private func run(_ levels: CapacityLevel...) -> RunRecord {
        var record = Made.record()
        var capacity = CapacityRecord(top: 18_000)
        capacity.levels = levels
        record.capacity = capacity
        // What the whole climb measured, its last level included, is far off.
        record.load.latency[.connect].record(9 * .perSecond)
        return record
    }

    private func title(_ record: RunRecord) throws -> String {
        try #require(record.judged(connect).findings.first { $0.id == "capacity" }).title
    }

    @Test func aCeilingThatWasFoundPasses() throws {
        let record = run(level(6_500), level(7_000, connect: 8.12e8))
        let judgement = record.judged(connect)
        #expect(
            try title(record)
                == "holds 6,500 streams (200 arrivals/s, event p99 12.0 ms); breaks at 7,000: connect.p99 < 500ms was 812 ms"
        )
        #expect(judgement.passed)
        #expect(judgement.thresholds == [.init(expression: "connect.p99 < 500ms", value: 3e6, passed: true)])
    }

    @Test func aFirstLevelThatBreaksFails() throws {
        let record = run(level(500, connect: 8.12e8))
        #expect(!record.judged(connect).passed)
        #expect(record.judged(connect).thresholds.map(\.passed) == [false])
        #expect(try title(record) == "the first level breaks at 500 streams: connect.p99 < 500ms was 812 ms")
    }

    @Test func aHighestLevelThatHoldsSaysThatTheCeilingIsHigher() throws {
        let record = run(level(9_000), level(18_000))
        #expect(record.judged(connect).passed)
        #expect(
            try title(record)
                == "holds 18,000 streams (200 arrivals/s, event p99 12.0 ms) and did not break; the ceiling is higher"
        )
    }

    @Test func theGeneratorsCeilingIsNotTheServers() throws {
        let record = run(level(500), level(1_000, connect: 8.12e8, saturation: ["3% started late"]))
        #expect(record.judged(connect).passed)
        #expect(
            try title(record).hasSuffix("; the generator's ceiling, not the server's: at 1,000 3% started late")
        )
        let first = run(level(500, saturation: ["3% started late"]))
        #expect(!first.judged(connect).passed)
        #expect(try title(first).hasPrefix("no level could be judged; the generator's ceiling, not the server's"))
    }

    @Test func whatWasMeasuredIsSaidBeforeWhatWasNot() throws {
        var broken = level(7_000)
        broken.measures = [
            .init(expression: "event.p99 < 1s", value: nil, held: false),
            .init(expression: "connect.p99 < 500ms", value: 8.12e8, held: false),
        ]
        broken.held = false
        let record = run(level(6_500), broken)
        #expect(try title(record).hasSuffix("breaks at 7,000: connect.p99 < 500ms was 812 ms"))
        let finding = try #require(record.judged(connect).findings.first { $0.id == "capacity" })
        #expect(finding.evidence.contains("At 7,000 streams: event.p99 < 1s could not be measured."))
    }

    @Test func aClimbThatWasCutShortSaysHowFarItCame() throws {
        #expect(try title(run(level(500))).hasSuffix("; the climb was cut short"))
        #expect(try title(run()) == "the climb was cut short")
    }

    /// What the server does past its ceiling fails no run; a leak that stays does.
    @Test func pastTheCeilingNothingFailsButLeaks() {
        var record = run(level(500), level(1_000, connect: 8.12e8))
        record.load.connections.failed = 600
        record.load.heartbeat.disconnectedWhileQuiet = 3
        #expect(record.judged(connect).passed)
        #expect(record.judged(connect).findings.contains { $0.id == "quiet-streams-ended" && $0.severity == .warning })
        record.capacity?.levels.removeFirst()
        #expect(record.judged(connect).findings.contains { $0.id == "quiet-streams-ended" && $0.severity == .failure })
        var leaking = run(level(500), level(1_000, connect: 8.12e8))
        leaking.gauges = [Made.leakingGauge()]
        #expect(!leaking.judged(connect).passed)
    }

    @Test func publishesThatFailedAreTold() throws {
        var record = run(level(500))
        record.capacity?.published = 9
        #expect(record.findings("capacity-publish-failed").isEmpty)
        record.capacity?.publishErrors = ["HTTP_503": 2]
        let finding = try #require(record.findings("capacity-publish-failed").first)
        #expect(finding.title == "2 publishes of the climb failed")
        #expect(finding.evidence == ["HTTP_503: 2", "Event latency is measured by 9 publishes."])
    }
}
