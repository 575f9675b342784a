import EventStream
import HTTP
import Record
import Testing
import Transport
import Vocabulary

@testable import Load

@Suite struct PhaseCollectorTests {
    private let period: Nanoseconds = 250 * .perMillisecond

    /// What some streams' beats come to.
    ///
    /// - Parameters:
    ///   - count: streams, of which each begins a tenth of the period after the one before.
    ///   - rounds: beats of each.
    ///   - phase: where in a period a stream beats.
    private func phases(
        of count: Int,
        rounds: Int,
        _ phase: (_ stream: Int, _ round: Int, _ openedAt: Nanoseconds) -> Nanoseconds
    ) throws -> PhaseRecord {
        var collector = PhaseCollector(period: period)
        var record = PhaseRecord(period: period)
        let streams = UnsafeMutablePointer<Connection>.allocate(capacity: count)
        defer { streams.deallocate() }
        for index in 0..<count {
            let connection = Connection(
                stream: try ByteStream.accepted(-1),
                parser: EventStreamParser(limitBytes: 64),
                ending: .hold(0),
                hasExtras: false
            )
            (streams + index).initialize(to: connection)
            streams[index].rhythm.openedAt = 1_000 * period + Nanoseconds(index) * period / 10
        }
        for round in 0..<rounds {
            for index in 0..<count {
                let moment =
                    (1_004 + Nanoseconds(round)) * period + phase(index, round, streams[index].rhythm.openedAt) % period
                collector.note(moment, streams + index, into: &record)
            }
        }
        collector.finish(into: &record)
        for index in 0..<count { streams[index].release() }
        return record
    }

    @Test func beatsAtOneInstantAreAHerdThoughTheirTimerDrifts() throws {
        // Each beat comes 3% of the period later: over 100 periods the phase goes round three times.
        let phases = try phases(of: 20, rounds: 100) { _, round, _ in Nanoseconds(round) * 7_500_000 }
        #expect(try #require(phases.coherence) > 0.85)
        #expect(try #require(phases.startCoherence) < 0.1)
        #expect(phases.isHerd)
        #expect(phases.streams == 20)
    }

    @Test func beatsThatFollowTheirStreamsBeginningsAreNone() throws {
        let phases = try phases(of: 20, rounds: 40) { _, _, openedAt in openedAt + 31_000_000 }
        #expect(try #require(phases.coherence) < 0.1)
        #expect(!phases.isHerd)
    }

    @Test func aBurstIsCountedWhole() throws {
        let phases = try phases(of: 20, rounds: 8) { stream, _, _ in stream < 15 ? 100_000_000 : 225_000_000 }
        #expect(phases.burstShare == 0.75)
        #expect(phases.burstWidth == 7_812_500 - 7_812_500 % 2)
    }

    @Test func fewStreamsTellNothing() throws {
        let phases = try phases(of: 9, rounds: 100) { _, _, _ in 0 }
        #expect(phases.coherence == nil)
        #expect(!phases.isHerd)
    }
}
