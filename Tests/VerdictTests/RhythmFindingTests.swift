import Record
import RunProfile
import Testing
import Verdict
import Vocabulary

@Suite struct RhythmFindingTests {
    /// A run of 20 streams with a beat a second, and a change to it.
    private func record(expected: Bool = true, _ change: (inout HeartbeatRecord) -> Void) -> RunRecord {
        var record = Made.record()
        record.load.heartbeat.streams = 20
        record.load.heartbeat.beats = 1_000
        record.load.heartbeat.longestSilence = .perSecond
        record.load.heartbeat.longestLife = 60 * .perSecond
        if expected {
            record.load.heartbeat.missed = 0
            record.load.heartbeat.rhythm = RhythmRecord(period: .perSecond)
            record.heartbeatExpected = HeartbeatExpectation(
                expect: .perSecond,
                longestInterval: 1_200 * .perMillisecond,
                match: "comment"
            )
        }
        change(&record.load.heartbeat)
        return record
    }

    @Test func aSteadyRhythmHasNoFinding() {
        let steady = record { heartbeat in
            heartbeat.rhythm?.period.record(.perSecond, count: 20)
            for _ in 0..<20 { heartbeat.rhythm?.growth.record(100_000) }
            heartbeat.rhythm?.underLoad.beats = 500
        }
        #expect(steady.judged().findings.isEmpty)
    }

    @Test func growingIntervalsAreADriftThatIsNamed() throws {
        let drifting = record { heartbeat in
            heartbeat.rhythm?.period.record(1_500 * .perMillisecond, count: 20)
            for _ in 0..<20 { heartbeat.rhythm?.growth.record(100_000_000) }
        }
        let finding = try #require(drifting.findings("heartbeat-drift").first)
        #expect(finding.severity == .warning)
        #expect(finding.title == "heartbeats drift: intervals grow by 100 ms a beat")
    }

    @Test(
        arguments: [(1_500, .warning, "1.50 s"), (500, .info, "500 ms"), (1_150, nil, ""), (1_250, .warning, "1.25 s")]
            as [(Nanoseconds, Severity?, String)]
    )
    func anotherPeriodIsNamed(mean: Nanoseconds, severity: Severity?, text: String) {
        let other = record { $0.rhythm?.period.record(mean * .perMillisecond, count: 20) }
        let finding = other.findings("heartbeat-drift").first
        #expect(finding?.severity == severity)
        if let finding { #expect(finding.title == "heartbeats come every \(text), not every 1.00 s") }
    }

    @Test func someStreamsThatGrowAreNoDriftOfAll() throws {
        let mixed = record { heartbeat in
            heartbeat.rhythm?.period.record(1_500 * .perMillisecond, count: 20)
            for index in 0..<20 { heartbeat.rhythm?.growth.record(index < 4 ? -5e7 : 1e8) }
        }
        #expect(try #require(mixed.findings("heartbeat-drift").first).title.hasPrefix("heartbeats come every"))
    }

    @Test func beatsThatStopAreCounted() throws {
        let stopped = record { $0.rhythm?.stopped = 7 }
        let finding = try #require(stopped.findings("heartbeat-stops").first)
        #expect(finding.severity == .warning)
        #expect(finding.title == "heartbeats stop: 7 streams had some, and none for long before the end")
    }

    @Test(
        arguments: [(30, 30, true), (30, 60, false), (5, 5, false), (30, 33, true)] as [(UInt64, UInt64, Bool)]
    )
    func beatsThatFailUnderLoadAreToldFromThoseThatAlwaysFail(underLoad: UInt64, all: UInt64, told: Bool) throws {
        let failing = record { heartbeat in
            heartbeat.missed = all
            heartbeat.rhythm?.underLoad.beats = 200
            heartbeat.rhythm?.underLoad.missed = underLoad
        }
        #expect(failing.findings("heartbeat-under-load").count == (told ? 1 : 0))
        if told, all == 30 {
            let title = failing.findings("heartbeat-under-load").first?.title
            #expect(title == "heartbeats fail under load: 13% missed while connections arrived, 0% otherwise")
        }
    }

    @Test func beatsThatFailAmongEventsAreNamedToo() {
        let failing = record { heartbeat in
            heartbeat.missed = 50
            heartbeat.rhythm?.amongEvents.beats = 50
            heartbeat.rhythm?.amongEvents.missed = 50
        }
        #expect(
            failing.findings("heartbeat-among-events").map(\.title)
                == ["heartbeats fail during broadcasts: 50% missed among events, 0% otherwise"]
        )
    }

    /// Phases of so many streams in the given bins.
    private func phases(_ beats: ClosedRange<Int>, _ starts: ClosedRange<Int>, streams: Int) -> RunRecord {
        func bins(_ range: ClosedRange<Int>) -> [UInt32] {
            (0..<PhaseRecord.binCount).map { range.contains($0) ? 100 : 0 }
        }
        return record { $0.rhythm?.phases.add(beats: bins(beats), starts: bins(starts), of: streams) }
    }

    @Test func aHerdNamesItsBurst() throws {
        let finding = try #require(phases(3...4, 0...63, streams: 2_000).findings("heartbeat-herd").first)
        #expect(finding.severity == .warning)
        #expect(finding.title == "all streams beat in the same instant: a burst of about 2,000 every 1.00 s")
        #expect(finding.evidence.first == "100% of the beats come within 31.3 ms of every 1.00 s.")
    }

    @Test func aTestThatOpensAllAtOnceAccusesNobody() {
        #expect(phases(3...4, 60...61, streams: 2_000).findings("heartbeat-herd").isEmpty)
        #expect(phases(0...40, 0...63, streams: 2_000).findings("heartbeat-herd").isEmpty)
        #expect(phases(3...4, 0...63, streams: 9).findings("heartbeat-herd").isEmpty)
    }

    @Test(
        arguments: [
            (.comment, nil, 1_003, "comments every 1.00 s", "{ expect: 1s, match: comment }"),
            (.emptyEvent, nil, 254, "events without data every 254 ms", "{ expect: 250ms, match: any }"),
            (.event, "ping", 14_960, "events named ping every 15.0 s", "{ expect: 15s, match: event:ping }"),
            (.any, nil, 1_540, "bytes every 1.54 s", "{ expect: 1.5s, match: any }"),
        ] as [(DiscoveredBeat.Kind, String?, Nanoseconds, String, String)]
    )
    func whatWasFoundIsToldAsTheProfileWritesIt(
        kind: DiscoveredBeat.Kind,
        name: String?,
        period: Nanoseconds,
        words: String,
        profile: String
    ) throws {
        let found = record(expected: false) { heartbeat in
            var interval = LatencyHistogram()
            interval.record(period * .perMillisecond, count: 100)
            heartbeat.discovered = [
                DiscoveredBeat(kind: kind, name: name, streams: 20, looked: 20, interval: interval)
            ]
        }
        let finding = try #require(found.findings("heartbeat-discovered").first)
        #expect(finding.severity == .info)
        #expect(finding.title == "heartbeats found: \(words)")
        #expect(finding.evidence.last?.hasSuffix("heartbeat: \(profile)") == true)
    }

    @Test func nothingIsFoundWhereSomethingWasExpected() {
        var interval = LatencyHistogram()
        interval.record(.perSecond, count: 100)
        let beat = DiscoveredBeat(kind: .comment, streams: 20, looked: 20, interval: interval)
        #expect(record { $0.discovered = [beat] }.findings("heartbeat-discovered").isEmpty)
    }
}
