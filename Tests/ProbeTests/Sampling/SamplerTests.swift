import EventLoop
import Record
import TestTurns
import Testing
import Vocabulary

@testable import Probe

@Suite(Turn.sideBySide) struct SamplerTests {
    /// A period in which no second scheduled reading comes.
    private static let never = 3_600 * Nanoseconds.perSecond

    private func sampler(_ readers: [FakeReader], every period: Nanoseconds) throws -> Sampler {
        try Sampler(readers.map { Sampler.Probe(reader: $0, every: period) }, epoch: MonotonicClock.now())
    }

    @Test func samplesAtItsPeriod() throws {
        let reader = FakeReader("p")
        let sampler = try sampler([reader], every: .perMillisecond)
        reader.waitForReading(6)
        sampler.stop()
        let series = try #require(sampler.series()["p.g"])
        #expect(series.unit == "count")
        #expect(Array(series.v.prefix(5)) == [1, 2, 3, 4, 5])
        #expect(zip(series.t, series.t.dropFirst()).allSatisfy { $0 < $1 })
    }

    @Test func samplesWhenAsked() throws {
        let readers = [FakeReader("a"), FakeReader("b")]
        let sampler = try sampler(readers, every: Self.never)
        readers.forEach { $0.waitForReading(1) }
        let first = sampler.sampleNow()
        #expect(first.map(\.seriesName) == ["a.g", "b.g"])
        #expect(first.map(\.value) == [2, 2])
        let second = sampler.sampleNow()
        #expect(second.map(\.value) == [3, 3])
        #expect(sampler.latest == second)
        #expect(sampler.figures(from: 0).map(\.last) == [3, 3])
        #expect(sampler.figures(from: 0).map(\.minimum) == [1, 1])
        #expect(sampler.figures(from: first[0].time, to: first[0].time).first?.maximum == 2)
        #expect(sampler.figures(from: second[1].time + 1, to: .infinity).last?.last == nil)
    }

    /// A reading under way began before the question, so its answer does not count.
    @Test func asksAnewWhileAReadingIsUnderWay() throws {
        let gate = Monitor(false)
        let reader = FakeReader("p") { number in
            if number == 1 { _ = gate.wait(until: .max) { $0 ? true : nil } }
            return [.value(Double(number))]
        }
        let sampler = try sampler([reader], every: Self.never)
        reader.waitForReading(1)
        let opener = try OperatingSystemThread(name: "opener") { gate.change { $0 = true } }
        #expect(try #require(sampler.sampleNow().first?.value) >= 2)
        opener.join()
    }

    @Test func aSlowProbeDelaysNoOther() throws {
        let gate = Monitor(false)
        let slow = FakeReader("slow") { _ in
            _ = gate.wait(until: .max) { $0 ? true : nil }
            return [.value(0)]
        }
        let quick = FakeReader("quick")
        let sampler = try sampler([slow, quick], every: .perMillisecond)
        slow.waitForReading(1)
        quick.waitForReading(20)
        #expect(slow.reads.withLock { $0 } == 1)
        gate.change { $0 = true }
        slow.waitForReading(2)
        sampler.stop()
        let missed = sampler.gaps.filter { $0.probe == "slow" }
        #expect(missed.map(\.name) == [GapName.probeBusy])
        #expect(try #require(missed.first?.count) >= 10)
    }

    @Test func countsGapsByName() throws {
        let reader = FakeReader("p", gauges: [.init(name: "a", unit: .count), .init(name: "b", unit: .bytes)]) {
            number in
            [.value(Double(number)), .gap(number < 3 ? "TIMEOUT" : "HTTP_500")]
        }
        let sampler = try sampler([reader], every: Self.never)
        reader.waitForReading(1)
        _ = sampler.sampleNow()
        let third = sampler.sampleNow()
        sampler.stop()
        #expect(sampler.gaps.map(\.gauge) == ["b", "b"])
        #expect(sampler.gaps.map(\.name) == ["HTTP_500", "TIMEOUT"])
        #expect(sampler.gaps.map(\.count) == [1, 2])
        #expect(sampler.gaps[0].firstTime == third[1].time)
        #expect(third[1].reading == .gap("HTTP_500"))
        #expect(sampler.series().keys.sorted() == ["p.a"])

        var expected = GaugeRecord(probe: "p", gauge: "b", unit: .bytes)
        expected.gaps = ["HTTP_500": 1, "TIMEOUT": 2]
        expected.firstGaps = ["HTTP_500": sampler.gaps[0].firstTime, "TIMEOUT": sampler.gaps[1].firstTime]
        #expect(sampler.gaugeRecords() == [GaugeRecord(probe: "p", gauge: "a", unit: .count), expected])
        #expect(sampler.figures(from: 0).map(\.last) == [3, nil])
    }

    @Test func recordsNoLeakOfADetail() throws {
        let detail = GaugeDescription(name: "sockets.CLOSE_WAIT", unit: .count, isDetail: true)
        let reader = FakeReader("p", gauges: [.init(name: "sockets", unit: .count), detail]) { _ in
            [.value(1), .value(1)]
        }
        let sampler = try sampler([reader], every: Self.never)
        _ = sampler.sampleNow()
        #expect(sampler.gaugeRecords().map(\.gauge) == ["sockets"])
        #expect(sampler.series().keys.sorted() == ["p.sockets", "p.sockets.CLOSE_WAIT"])
    }

    @Test func afterTheStopNothingIsRead() throws {
        let reader = FakeReader("p")
        let sampler = try sampler([reader], every: Self.never)
        reader.waitForReading(1)
        sampler.stop()
        sampler.stop()
        #expect(sampler.sampleNow().map(\.reading) == [.gap(GapName.stopped)])
        #expect(reader.reads.withLock { $0 } == 1)
        #expect(sampler.latest.map(\.value) == [1])
    }

    @Test(arguments: [
        (Nanoseconds(1), Nanoseconds(1_000_000_000)), (300_000_000, 1_200_000_000), (5_000_000_000, 5_000_000_000),
        (.max, 5_000_000_000),
    ])
    func timeouts(_ period: Nanoseconds, _ timeout: Nanoseconds) {
        #expect(Sampler.timeout(forPeriod: period) == timeout)
    }
}
