import Record
import Testing
import Verdict
import Vocabulary

@testable import Report

/// What a report says of the rhythm of heartbeats.
@Suite struct RhythmReportTests {
    /// A run whose 2,000 streams beat as a herd, ever later, and were stamped by the kernel.
    private func document() -> ReportDocument {
        var record = Fixture.leakyRecord()
        var rhythm = RhythmRecord(period: .perSecond)
        rhythm.jitter.record(3 * Fixture.ms, count: 100)
        rhythm.period.record(1_100 * Fixture.ms, count: 2_000)
        for _ in 0..<10 { rhythm.growth.record(-4e6) }
        rhythm.stopped = 5
        rhythm.covered = 6
        rhythm.underLoad.beats = 700
        rhythm.underLoad.missed = 8
        rhythm.underLoad.interval.record(1_050 * Fixture.ms, count: 700)
        let all = [UInt32](repeating: 50, count: PhaseRecord.binCount)
        var one = [UInt32](repeating: 0, count: PhaseRecord.binCount)
        one[9] = 3_200
        rhythm.phases.add(beats: one, starts: all, of: 2_000)
        record.load.heartbeat.rhythm = rhythm
        record.load.heartbeat.longestLife = 90 * .perSecond
        record.load.heartbeat.longestSilence = 61 * .perSecond
        let end = StreamEnd(age: 30 * .perSecond, silence: 0, longestGap: .perSecond, isOrderly: true)
        for _ in 0..<4 { record.load.heartbeat.noteEnd(end, quietAfter: nil, at: 0) }
        record.load.stampedReads = 10_000
        record.load.stampError = LatencyHistogram()
        record.load.stampError?.record(2_000, count: 100)
        return ReportDocument(record: record, judgement: Fixture.leakyJudgement)
    }

    private func discovering(_ name: String = "ping") -> ReportDocument {
        var record = RunRecord(profile: "found", seed: 1, started: 0)
        record.load.heartbeat.streams = 70
        record.load.heartbeat.longestSilence = .perSecond
        var interval = LatencyHistogram()
        interval.record(.perSecond, count: 300)
        record.load.heartbeat.discovered = [
            DiscoveredBeat(kind: .event, name: name, streams: 60, looked: 64, interval: interval)
        ]
        return ReportDocument(record: record, judgement: Judgement(leaks: [], findings: [], thresholds: []))
    }

    @Test func theSummaryHasTheFigures() throws {
        let heartbeat = document().heartbeat
        #expect(heartbeat.jitter?.p99 == 3 * Fixture.ms)
        #expect(abs(try #require(heartbeat.drift) - 0.1) < 0.001)
        #expect(abs(try #require(heartbeat.growthPerBeat) + 4e6) < 1e4)
        #expect((heartbeat.stopped, heartbeat.covered) == (5, 6))
        #expect(heartbeat.underLoad?.missed == 8)
        #expect(heartbeat.amongEvents == nil, "none was due")
        #expect(heartbeat.phases?.herd == true)
        #expect(heartbeat.phases?.burstStreams == 2_000)
        #expect(heartbeat.endedAtAge.map { $0 / .perSecond } == 30)
        #expect(heartbeat.proxies?.first { $0.name == "nginx" }?.wouldCut == true)
        #expect(document().generator.arrivalError?.p99 == 2_000)
        #expect(document().generator.stampedShare == 1)
    }

    @Test func aReportIsReadAsItWasWritten() throws {
        for document in [document(), discovering()] {
            #expect(try ReportDocument(json: document.json()) == document)
        }
    }

    @Test func theLoopsLagCountsWhereReadsHaveNoStamp() {
        var record = Fixture.leakyRecord()
        record.load.stampedReads = 90
        record.load.unstampedReads = 10
        record.load.stampError = LatencyHistogram()
        record.load.stampError?.record(2_000)
        let generator = GeneratorSummary(record)
        #expect(generator.stampedShare == 0.9)
        #expect(generator.arrivalError == generator.loopLag)
    }

    @Test func theTerminalSaysItInLines() {
        let text = TerminalReport(document(), width: 200, color: false).render()
        for line in [
            "  jitter p50 3.00 ms, p99 3.00 ms; mean interval off by +10.0%; −4.00 ms a beat; 5 streams whose beats stopped",
            "  under load 700 beats, 8 missed",
            "  coherence 1.00, 0.00; largest burst 100% within 31.3 ms, about 2,000 streams",
            "  the generator itself adds at most 2.00 µs (p99, 100% of reads stamped by the kernel)",
        ] {
            #expect(text.contains(line + "\n"))
        }
        #expect(text.contains("  would be cut by Heroku (55.0 s), AWS CloudFront (30.0 s)"))
    }

    @Test func thePageListsProxiesWithTheirSources() {
        let page = HTMLReport(document()).render()
        #expect(MarkupChecker(page).problem == nil)
        #expect(page.contains("ngx_http_proxy_module: proxy_read_timeout"))
        #expect(page.contains("While connections arrived"))
        #expect(page.contains("The generator itself adds, p99"))
    }

    @Test func whatWasFoundIsTold() {
        let text = TerminalReport(discovering(), width: 120, color: false).render()
        #expect(text.contains("found event:ping every 1.00 s on 60 of 64 streams; nothing was expected"))
        #expect(HTMLReport(discovering()).render().contains("found event:ping every 1.00 s"))
    }

    @Test func hostileNamesStayText() {
        let document = discovering(HTMLReportTests.hostile)
        let page = HTMLReport(document).render()
        #expect(MarkupChecker(page).problem == nil)
        #expect(page.split(separator: "<script").count == 2)
        #expect(!TerminalReport(document, width: 100, color: false).render().contains("\u{1B}"))
    }
}
