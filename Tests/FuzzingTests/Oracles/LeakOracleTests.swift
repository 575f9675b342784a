import EventLoop
import Probe
import Testing
import Vocabulary

@testable import Fuzzing

@Suite struct LeakOracleTests {
    /// Settles on readings that follow each other.
    private func settle(_ baseline: [Double], _ readings: [Double?], patience: Nanoseconds = 0) throws -> [Problem] {
        let reader = MadeReader(readings)
        let oracle = LeakOracle([reader])
        oracle.takeBaseline(baseline.map { ["clients": $0] })
        return try oracle.settle(patience: patience) { () throws(FuzzError) in reader.advance() }
    }

    @Test func aGaugeThatComesBackIsFine() throws {
        #expect(try settle([4], [9, 6, 4], patience: .perSecond).isEmpty)
        #expect(try settle([4], [3], patience: .perSecond).isEmpty)
    }

    @Test func theMostOfTheBaselineCounts() throws {
        #expect(try settle([4, 5, 4], [5], patience: .perSecond).isEmpty)
    }

    @Test func aGaugeThatStaysIsALeak() throws {
        let problems = try settle([4], [9, 6, 6, 6, 6, 6])
        #expect(problems.map(\.key) == [Problem.Key(id: ProblemName.leak, gauge: "clients")])
        #expect(problems.first?.evidence.first?.contains("clients was 4") == true)
    }

    @Test func aLeakIsToldOnce() throws {
        let reader = MadeReader([6])
        let oracle = LeakOracle([reader])
        oracle.takeBaseline([["clients": 4]])
        #expect(try oracle.settle(patience: 0) { () throws(FuzzError) in }.count == 1)
        #expect(try oracle.settle(patience: 0) { () throws(FuzzError) in }.isEmpty)
    }

    @Test func aBaselineFollowsItsGaugeDown() throws {
        let reader = MadeReader([2, 3])
        let oracle = LeakOracle([reader])
        oracle.takeBaseline([["clients": 4]])
        #expect(try oracle.settle(patience: 0) { () throws(FuzzError) in }.isEmpty)
        reader.advance()
        #expect(try oracle.settle(patience: 0) { () throws(FuzzError) in }.count == 1)
    }

    @Test func withoutAReadingNobodyIsBlamed() throws { #expect(try settle([4], [nil]).isEmpty) }

    private static func proven(_ standing: GaugeStanding, noise: Double = 0, patience: Nanoseconds = 0) -> ProvenGauges
    {
        let gauge = ProvenGauges.Gauge(name: "clients", standing: standing, noise: noise, lag: 0, patience: patience)
        return ProvenGauges(gauges: [gauge])
    }

    /// A gauge that scatters by 3 may be found low, and high again later.
    @Test func whatIsNoiseIsNoLeakAlsoAfterALowReading() throws {
        let reader = MadeReader([4, 7, 8])
        let oracle = LeakOracle([reader], Self.proven(.seesStreams, noise: 3))
        oracle.takeBaseline([["clients": 5]])
        #expect(try oracle.settle(patience: 0) { () throws(FuzzError) in }.isEmpty)
        reader.advance()
        #expect(try oracle.settle(patience: 0) { () throws(FuzzError) in }.isEmpty)
        reader.advance()
        #expect(try oracle.settle(patience: 0) { () throws(FuzzError) in }.count == 1)
    }

    @Test func aLateReadingDoesNotAcquit() throws {
        let late = 30 * Nanoseconds.perMillisecond
        let start = MonotonicClock.now()
        let reader = MadeReader([4, 9])
        let oracle = LeakOracle([reader], Self.proven(.lagging, patience: late))
        oracle.takeBaseline([["clients": 4]])
        let problems = try oracle.settle(patience: 0) { () throws(FuzzError) in reader.advance() }
        #expect(problems.count == 1)
        #expect(MonotonicClock.now() - start >= late)
    }

    @Test(arguments: [GaugeStanding.total, .severalProcesses]) func whatCannotTellAccusesNobody(
        standing: GaugeStanding
    ) throws {
        let oracle = LeakOracle([MadeReader([9])], Self.proven(standing))
        #expect(oracle.read().isEmpty)
        #expect(LeakOracle([MadeReader([9])], Self.proven(.blind)).read() == ["clients": 9])
    }
}
