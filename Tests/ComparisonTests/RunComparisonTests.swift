import Record
import Testing
import Verdict
import Vocabulary

@testable import Comparison

@Suite struct RunComparisonTests {
    @Test func aRunIsTheSameAsItself() {
        let run = Made.run(failed: 10)
        let comparison = Made.compare(run, run)
        #expect(!comparison.changes.isEmpty)
        #expect(comparison.changes.allSatisfy { $0.noise == .same && $0.change == 0 })
        #expect(comparison.notes.isEmpty)
    }

    @Test func aFewMoreErrorsAreNoise() throws {
        let change = try #require(Made.compare(Made.run(failed: 100), Made.run(failed: 110)).change("errors.rate"))
        #expect(change.noise == .within)
        #expect(abs(try #require(change.relative) - 0.1) < 1e-9)
        #expect(!change.isWorse)
    }

    @Test func manyMoreErrorsAreNot() throws {
        let comparison = Made.compare(Made.run(failed: 100), Made.run(failed: 200))
        for name in ["errors.rate", "errors.count", "errors.ECONNRESET", "connections.failed"] {
            #expect(comparison.change(name)?.noise == .beyond, "\(name)")
            #expect(comparison.change(name)?.isWorse == true, "\(name)")
        }
        let back = Made.compare(Made.run(failed: 200), Made.run(failed: 100))
        #expect(back.change("errors.rate")?.isBetter == true)
    }

    @Test func aSlowerPercentileIsBeyondTheNoise() throws {
        let comparison = Made.compare(Made.run(), Made.run(factor: 1.2))
        let change = try #require(comparison.change("connect.p99"))
        #expect(change.noise == .beyond)
        #expect(abs(try #require(change.relative) - 0.2) < 0.01)
        #expect(try #require(change.low) > 0)
        // The largest says nothing of how far chance moves it.
        #expect(comparison.change("connect.max")?.noise == .unknown)
    }

    @Test func whatOneRunDidNotMeasureHasNoChange() throws {
        var new = Made.run()
        new.load.latency = LatencyRecord()
        new.load.heartbeat.missed = 3
        let comparison = Made.compare(Made.run(), new)
        let gone = try #require(comparison.change("connect.p50"))
        #expect(gone.base != nil && gone.new == nil && gone.change == nil && gone.noise == nil)
        #expect(comparison.change("heartbeat.missed")?.base == nil)
    }

    @Test func aGaugeThatLeakedNothingLeavesRoomForALittle() throws {
        var gauge = GaugeRecord(probe: "state", gauge: "clients", unit: .count)
        gauge.baseline = 0
        gauge.residuals = [.init(rung: .settle, value: 0)]
        var record = Made.run()
        record.gauges = [gauge]
        record.load.connections.dropped = 1_000
        let leak = Leak(
            gauge: "clients",
            probe: "state",
            stage: nil,
            manner: nil,
            drops: 1_000,
            leaked: 40,
            per1000Drops: 40,
            low: 29,
            high: 54,
            class: .permanent
        )
        let leaky = Judgement(leaks: [leak], findings: [], thresholds: [])
        let comparison = RunComparison(base: (record, Made.nothing), new: (record, leaky))
        let change = try #require(comparison.change("leak.state.clients"))
        #expect(change.base?.value == 0)
        #expect(try #require(change.base?.high) > 0)
        #expect(change.noise == .beyond && change.isWorse)
        #expect(comparison.change("leaks")?.change == 1)
    }

    @Test func unlikeRunsAreSaidToBe() {
        var other = Made.run()
        other.profile = "another"
        other.environment.processors = 8
        other.generator.saturation = ["it lagged"]
        other.interrupted = true
        let notes = Made.compare(Made.run(), other).notes
        #expect(notes.contains("The profile differs: made and another."))
        #expect(notes.contains("The number of processors differs: 0 and 8."))
        #expect(notes.contains { $0.contains("saturated in the new run") })
        #expect(notes.contains("The new run was cut short."))
    }
}
