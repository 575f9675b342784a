import Record
import Report
import Testing
import Verdict
import Vocabulary

/// Scenarios apart, and streams that are looked at more closely, in every report.
@Suite struct StreamReportTests {
    private func document() -> ReportDocument {
        var record = RunRecord(profile: "llm", seed: 1, started: 0)
        var callers = LoadRecord()
        callers.connections.attempted = 120
        callers.connections.established = 120
        callers.events = 18_000
        callers.heartbeat.longestSilence = 80 * .perMillisecond
        callers.latency[.connect].record(2 * .perMillisecond)
        callers.latency[.timeToFirstEvent].record(9 * .perMillisecond)
        var streams = StreamRecord()
        streams.marked = 118
        streams.unmarked = 2
        streams.cancelled = 40
        streams.gap.record(20 * .perMillisecond)
        streams.events.record(152)
        streams.tokens = NumberHistogram()
        streams.tokens?.record(150)
        streams.tokenRate = NumberHistogram()
        streams.tokenRate?.record(49.7)
        streams.timeToFirstToken = LatencyHistogram()
        streams.timeToFirstToken?.record(31 * .perMillisecond)
        callers.streams = streams
        var clock = ServerClockRecord()
        clock.note(sent: 5_000_000_000, received: 2_000_000_000)
        callers.serverClock = clock
        var readers = LoadRecord()
        readers.connections.established = 4
        readers.connections.ended = 3
        var slow = SlowReaderRecord()
        (slow.streams, slow.ended) = (4, 3)
        slow.endedAfter.record(400 * .perMillisecond)
        readers.slowReaders = slow
        record.load.merge(callers)
        record.load.merge(readers)
        record.load.scenarios = [
            ScenarioRecord(name: "callers", load: callers), ScenarioRecord(name: "<b>slow\u{1B}[31m", load: readers),
        ]
        let threshold = ThresholdResult(expression: "callers: gap.p99 < 50ms", value: 20e6, passed: true)
        return ReportDocument(
            record: record,
            judgement: Judgement(leaks: [], findings: [], thresholds: [threshold])
        )
    }

    @Test func theDocumentHasThemApartAndTogether() throws {
        let document = document()
        let scenarios = try #require(document.scenarios)
        #expect(scenarios.map(\.connections.established) == [120, 4])
        #expect(scenarios[0].streams?.tokens?.p50 == 150)
        #expect(scenarios[0].slowReaders == nil)
        #expect(scenarios[1].streams == nil)
        #expect(document.streams?.unmarked == 2)
        #expect(document.streams?.tokenRate?.p5 == 49.7)
        #expect(document.slowReaders?.ended == 3)
        #expect(document.latency.serverClock?.offset == -3_000_000_000)
        // The server's clock is none of the latencies that this machine's clock tells.
        #expect(!document.latency.named.map(\.name).contains("serverClock"))
        #expect(try ReportDocument(json: document.json()) == document)
    }

    @Test func oneScenarioIsTheWholeRun() throws {
        let text = try String(decoding: Fixture.leaky().json(), as: UTF8.self)
        for key in ["scenarios", "slowReaders"] { #expect(!text.contains("\"\(key)\":")) }
    }

    @Test func aTerminalShowsALineForEach() throws {
        let text = TerminalReport(document(), width: 100, color: false).render()
        #expect(text.contains("scenario"))
        #expect(text.contains("  callers "))
        #expect(!text.contains("\u{1B}"))
        #expect(text.contains("ended: 118 with their end marker, 2 without it, 40 cancelled at an event"))
        #expect(text.contains("tokens a second: p1 49.7, p5 49.7"))
        #expect(text.contains("slow readers: 4, 3 ended by the server, half of those seen within 400 ms"))
        #expect(text.contains("less the server's: −3.00 s"))
        #expect(text.contains("✓ callers: gap.p99 < 50ms  (20.0 ms)"))
        // Nothing is cut off where the terminal is as wide as they usually are.
        let narrow = TerminalReport(document(), width: 80, color: false).render()
        #expect(!narrow.split(separator: "\n").contains { $0.hasPrefix("  callers") && $0.hasSuffix("…") })
    }

    @Test func aPageHasASectionForEach() {
        let page = HTMLReport(document()).render()
        #expect(page.contains("<section id=\"scenarios\""))
        #expect(page.contains("<section id=\"streams\""))
        #expect(page.contains("&lt;b&gt;slow"))
        #expect(page.contains("By the server&#39;s clock"))
        let other = HTMLReport(Fixture.leaky()).render()
        #expect(!other.contains("<section id=\"scenarios\""))
        #expect(!other.contains("<section id=\"streams\""))
    }
}
