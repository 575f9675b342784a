import Record
import Testing
import Verdict
import Vocabulary

@Suite struct SlowReaderFindingTests {
    private let mebibyte = 1_048_576.0

    /// A load from 2 s to 22 s with four slow readers from 7 s to 17 s, and a gauge sampled each second.
    private func record(
        of name: String = "queuedBytes",
        probe: String = "state",
        ended: UInt64 = 0,
        _ value: (Double) -> Double
    ) -> RunRecord {
        var record = Made.record()
        record.load.connections.established = 104
        record.phases = [Phase(name: .baseline, start: 0, end: 2), Phase(name: .load, start: 2, end: 22)]
        var slow = SlowReaderRecord()
        (slow.streams, slow.ended, slow.start, slow.end) = (4, ended, 5, 15)
        record.load.slowReaders = slow
        var gauge = Made.gauge(name, probe: probe, unit: .bytes, settle: 0)
        gauge.baseline = value(0)
        record.gauges = [gauge]
        var series = Series(unit: "bytes")
        series.t = (0...22).map(Double.init)
        series.v = series.t.map(value)
        record.series = ["\(probe).\(name)": series]
        return record
    }

    private func rising(_ time: Double) -> Double { max(0, min(time, 17) - 7) * mebibyte }

    @Test func aQueueThatGrowsToTheEndHasNoBound() throws {
        let record = record(rising)
        let finding = try #require(record.findings("slow-readers-unbounded").first)
        #expect(finding.severity == .failure)
        #expect(finding.title == "state.queuedBytes: grew by 2.50 MiB for each slow reader, and went on growing")
    }

    @Test func aQueueThatFillsAndStaysFullIsBounded() {
        let full = record { time in min(rising(time) * 4, 6 * mebibyte) }
        #expect(full.findings("slow-readers-unbounded").isEmpty)
    }

    @Test func aSmallQueueIsBounded() {
        #expect(record { rising($0) / 4 }.findings("slow-readers-unbounded").isEmpty)
    }

    @Test func aServerThatEndsSlowReadersBoundsThem() {
        #expect(record(ended: 2, rising).findings("slow-readers-unbounded").isEmpty)
        #expect(!record(ended: 1, rising).findings("slow-readers-unbounded").isEmpty)
    }

    @Test func whatGrewBeforeIsNotTheirs() {
        let before = record { time in min(time, 7) * 4 * mebibyte }
        #expect(before.findings("slow-readers-unbounded").isEmpty)
    }

    @Test func memoryOfAProcessIsAWarningAndGrantsOthersTheirs() {
        // 100 other streams may take 25 MiB.
        #expect(record(of: "rss", probe: "process") { rising($0) }.findings("slow-readers-unbounded").isEmpty)
        let much = record(of: "rss", probe: "process") { rising($0) * 4 }.findings("slow-readers-unbounded")
        #expect(much.map(\.severity) == [.warning])
    }

    @Test func whatWaitsInTheKernelIsBoundedByIt() {
        #expect(record(of: "sockets.sendQueue", probe: "process", rising).findings("slow-readers-unbounded").isEmpty)
    }

    @Test func endedSlowReadersAreTold() throws {
        var record = record(ended: 3) { _ in 0 }
        record.load.connections.ended = 3
        record.load.slowReaders?.endedAfter.record(400 * .perMillisecond)
        let finding = try #require(record.findings("slow-readers-dropped").first)
        #expect(finding.severity == .info)
        #expect(finding.title == "the server ended 3 of 4 slow readers")
        #expect(finding.evidence.first?.hasPrefix("Seen as it came for 1: half of them within 400 ms") == true)
        #expect(record.findings("streams-ended").isEmpty)
    }

    private func neighbours(beside p99: Nanoseconds, count: UInt64 = 200) -> RunRecord {
        var record = record { _ in 0 }
        var neighbour = SlowNeighbourRecord()
        neighbour.before.event.record(10 * .perMillisecond, count: count)
        neighbour.during.event.record(p99, count: count)
        var load = LoadRecord()
        load.slowNeighbours = neighbour
        record.load.scenarios = [ScenarioRecord(name: "canaries", load: load)]
        return record
    }

    @Test func healthyStreamsThatFareWorseAreNamed() throws {
        let record = neighbours(beside: 90 * .perMillisecond)
        let finding = try #require(record.findings("slow-readers-harm-others").first)
        #expect(finding.severity == .warning)
        #expect(
            finding.title == "canaries: event latency p99 rose from 10.0 ms to 90.0 ms beside slow readers"
        )
    }

    @Test func aLittleWorseOrTooLittleSeenIsNoHarm() {
        #expect(neighbours(beside: 15 * .perMillisecond).findings("slow-readers-harm-others").isEmpty)
        #expect(neighbours(beside: 25 * .perMillisecond).findings("slow-readers-harm-others").isEmpty)
        #expect(neighbours(beside: 90 * .perMillisecond, count: 99).findings("slow-readers-harm-others").isEmpty)
    }

    @Test func theGeneratorsOwnLagIsNobodysHarm() {
        var record = neighbours(beside: 90 * .perMillisecond)
        record.generator.saturation = ["its event loop woke 60 ms late"]
        #expect(record.findings("slow-readers-harm-others").isEmpty)
    }
}
