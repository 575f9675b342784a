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
}
