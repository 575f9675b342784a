import Record
import Testing
import Verdict
import Vocabulary

@Suite struct LeakFindingTests {
    @Test func aLeakNamesRateStageMannerAndClass() throws {
        var record = Made.record()
        record.gauges = [Made.leakingGauge()]
        record.load.drops = [DropCount(stage: .requestSent, manner: .fin, count: 5_000)]
        let findings = record.findings("leak")
        #expect(findings.count == 1)
        let finding = try #require(findings.first)
        #expect(finding.severity == .failure)
        #expect(finding.title == "clients: 3.2 leaked per 1,000 drops at request-sent (fin), permanent")
        #expect(
            finding.evidence.contains(
                "Dropped at request-sent (fin): 16 left by 5,000 drops, 3.2 per 1,000 (95% interval 1.97 to 5.19)."
            )
        )
        #expect(finding.evidence.contains("Nothing that was tried cleaned it up."))
        #expect(finding.kind == .leak)
        #expect(finding.gauge == "state.clients")
    }

    @Test func moreCellsAreCountedInTheTitle() {
        var record = Made.record()
        record.gauges = [Made.leakingGauge()]
        record.attributions = [
            Made.attribution(.requestSent, .fin, residual: 5), Made.attribution(.requestSent, .rst, residual: 10),
            Made.attribution(.streaming, .rst, residual: 1),
        ]
        #expect(
            record.findings("leak").map(\.title)
                == ["clients: up to 200 leaked per 1,000 drops at request-sent (rst) and 2 more, permanent"]
        )
    }

    @Test func mannersOfOneStageAreCountedInTheTitle() {
        var record = Made.record()
        record.gauges = [Made.leakingGauge()]
        record.attributions = [
            Made.attribution(.requestSent, .fin, residual: 5), Made.attribution(.requestSent, .rst, residual: 10),
        ]
        #expect(
            record.findings("leak").map(\.title)
                == ["clients: up to 200 leaked per 1,000 drops at request-sent (fin, rst), permanent"]
        )
    }

    @Test func eachClassSaysWhatCleansUp() {
        var record = Made.record()
        record.gauges = [
            Made.gauge("timers", settle: 5, inactivity: 0), Made.gauge("topics", settle: 5, inactivity: 5, publish: 0),
        ]
        let findings = record.findings("leak")
        #expect(findings.map(\.title) == ["timers: 5 leaked, bounded", "topics: 5 leaked, until-broadcast"])
        #expect(
            findings[0].evidence.contains("Only the server's inactivity timer cleans up; its close handler does not.")
        )
        #expect(findings[1].evidence.contains { $0.hasPrefix("Only the next write to the dead client cleans up") })
    }

    @Test func aClassThatWasNotReadToItsEndIsAtLeast() {
        var record = Made.record()
        record.interrupted = true
        record.gauges = [Made.gauge(loadEnd: 9, settle: 9)]
        #expect(record.findings("leak").map(\.title) == ["clients: 9 leaked, at least bounded"])
        #expect(record.judged().leaks.map(\.isAtLeast) == [true])
    }

    @Test func cleanGaugesHaveNoFinding() {
        var record = Made.record()
        record.gauges = [Made.gauge(loadEnd: 9, settle: 0, inactivity: 0), Made.gauge("rss", unit: .bytes, settle: 1)]
        #expect(record.judged().findings.isEmpty)
        #expect(record.judged().passed)
    }

    @Test func anUntracedLeakSaysWhy() {
        var record = Made.record()
        record.gauges = [Made.leakingGauge()]
        #expect(
            record.findings("leak-not-attributed").map(\.evidence)
                == [["No connection was dropped on purpose; what ended in good order left it behind."]]
        )
        record.load.drops = [
            DropCount(stage: .requestSent, manner: .fin, count: 1),
            DropCount(stage: .streaming, manner: .rst, count: 1),
        ]
        #expect(
            record.findings("leak-not-attributed").map(\.evidence)
                == [["2 stages and manners were mixed, and none was tried alone."]]
        )
        record.attributions = [Made.attribution(.requestSent, .fin, residual: 0)]
        let findings = record.findings("leak-not-attributed")
        #expect(findings.map(\.severity) == [.info])
        #expect(findings.first?.evidence.first?.contains("up to 50 drops each; none left anything") == true)
    }

    @Test func whatWasDroppedAtOneStageIsOfThatStage() {
        var record = Made.record()
        record.gauges = [Made.leakingGauge()]
        record.load.drops = [
            DropCount(stage: .requestSent, manner: .fin, count: 1),
            DropCount(stage: .requestSent, manner: .rst, count: 1),
        ]
        #expect(record.judged().leaks.map(\.stage) == [.requestSent])
        #expect(record.judged().leaks.map(\.manner) == [nil])
        #expect(record.findings("leak-not-attributed").isEmpty)
    }

    /// Once nobody is served any more, a stage that leaves nothing is not acquitted.
    @Test func aServerThatStoppedServingIsNamedFirst() throws {
        var record = Made.record()
        record.gauges = [Made.leakingGauge()]
        record.load.drops = [
            DropCount(stage: .requestSent, manner: .fin, count: 60),
            DropCount(stage: .streaming, manner: .rst, count: 60),
        ]
        record.serviceStop = ServiceStop(
            scenario: "droppers",
            name: "HTTP_503",
            answer: AnswerSample(statusLine: "HTTP/1.1 503 Service Unavailable", body: "too many"),
            lastServed: 8.2,
            since: 9.1,
            drops: 114,
            tries: 3,
            during: "after the load"
        )
        let first = try #require(record.judged().findings.first)
        #expect(first.title == "the server stopped serving after 114 drops: 503 from 9.10 s on")
        #expect(first.severity == .failure)
        #expect(
            record.findings("leak-not-attributed").map(\.evidence)
                == [["The server stopped serving (503), so no stage and no manner could be tried alone."]]
        )
        record.serviceStop?.name = "HTTP_429"
        #expect(record.findings("stopped-serving").map(\.severity) == [.warning])
    }

    @Test func keptMemoryIsToldAboveItsBound() throws {
        var record = Made.record()
        record.gauges = [Made.gauge("rss", unit: .bytes, loadEnd: 1e9, settle: VerdictLimits.keptMemory)]
        #expect(record.findings("kept-memory").isEmpty)
        record.gauges = [Made.gauge("rss", unit: .bytes, settle: 1e9, inactivity: 32 * 1024 * 1024)]
        let finding = try #require(record.findings("kept-memory").first)
        #expect(finding.severity == .info)
        #expect(finding.title == "state.rss: 32.0 MiB kept after the inactivity timeout")
        #expect(record.judged().passed)
        #expect(record.judged().leaks.isEmpty)
    }

    @Test func anUnreadableGaugeIsAWarning() throws {
        var record = Made.record()
        var gauge = Made.gauge(loadEnd: 9)
        gauge.gaps = ["ECONNREFUSED": 12, "HTTP_404": 3]
        record.gauges = [gauge]
        let finding = try #require(record.findings("gauge-unreadable").first)
        #expect(finding.severity == .warning)
        #expect(
            finding.evidence == [
                "It could not be read after the settle time.",
                "The verdict never rests on a reading that was not made.", "ECONNREFUSED: 12", "HTTP_404: 3",
            ]
        )
        #expect(record.judged().leaks.isEmpty)
        #expect(record.judged().passed)
    }

    @Test func gapsThatDoNotMatterAreNoFinding() {
        var record = Made.record()
        var gauge = Made.gauge(loadEnd: 9, settle: 0)
        gauge.gaps = ["ETIMEDOUT": 1]
        record.gauges = [gauge]
        #expect(record.findings("gauge-unreadable").isEmpty)
    }

    @Test func anInterruptedRunTellsItsUnreadGaugesOnce() {
        var record = Made.record()
        record.interrupted = true
        record.gauges = [Made.gauge(loadEnd: 9)]
        #expect(record.findings("gauge-unreadable").isEmpty)
        #expect(
            record.findings("interrupted").first?.evidence.last
                == "Leaks were not measured: the run was cut short before its gauges had settled."
        )
        record.gauges[0].gaps = ["ECONNREFUSED": 1]
        #expect(record.findings("gauge-unreadable").count == 1)
    }
}
