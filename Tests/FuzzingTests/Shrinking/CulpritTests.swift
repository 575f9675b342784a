import Testing
import Vocabulary

@testable import Fuzzing

@Suite struct CulpritTests {
    private let problem = Problem(ProblemName.leak, gauge: "clients", "made up")

    private func batch(_ count: Int) -> [FuzzCase] {
        (1...count).map { Made.pauses([Nanoseconds($0) * 1_000]) }
    }

    @Test(arguments: [0, 1, 100, 254, 255]) func theOneCaseOfABatchIsFound(place: Int) throws {
        let cases = batch(256)
        let server = MadeBatches { $0.contains(cases[place]) ? [self.problem] : [] }
        let culprit = try Culprit(batches: server).find(problem, in: cases)
        #expect(culprit?.test == cases[place])
        #expect(culprit?.copies == 1)
        #expect(server.runs < 40)
    }

    @Test func aCaseThatIsKnownIsNotLookedFor() throws {
        let cases = batch(256)
        let server = MadeBatches { $0.contains(cases[9]) ? [self.problem] : [] }
        var known = problem
        known.index = 9
        #expect(try Culprit(batches: server).find(known, in: cases)?.test == cases[9])
        #expect(server.runs == 1)
    }

    @Test func aRaceThatTakesSeveralIsTriedWithCopies() throws {
        let cases = batch(4)
        let server = MadeBatches { batch in batch.filter { $0 == cases[2] }.count >= 8 ? [self.problem] : [] }
        var known = problem
        known.index = 2
        #expect(try Culprit(batches: server).find(known, in: cases)?.copies == 8)
    }

    @Test(arguments: [0, 77, 255]) func aRaceIsLikelierWithCopiesOfAHalf(place: Int) throws {
        let cases = batch(256)
        let server = MadeBatches { batch in batch.filter { $0 == cases[place] }.count >= 2 ? [self.problem] : [] }
        let culprit = try Culprit(batches: server).find(problem, in: cases)
        #expect(culprit?.test == cases[place])
        #expect(server.runs < 60)
    }

    @Test func noAttemptIsLargerThanABatch() throws {
        var largest = 0
        let server = MadeBatches { batch in
            largest = max(largest, batch.count)
            return []
        }
        _ = try Culprit(batches: server).find(problem, in: batch(200))
        #expect((200...256).contains(largest))
    }

    @Test func whatDoesNotComeBackHasNoCulprit() throws {
        let server = MadeBatches { _ in [] }
        #expect(try Culprit(batches: server).find(problem, in: batch(64)) == nil)
    }

    @Test func anotherProblemIsNotTakenForIt() throws {
        let other = Problem(ProblemName.leak, gauge: "timers", "made up")
        let server = MadeBatches { _ in [other] }
        #expect(try Culprit(batches: server).find(problem, in: batch(64)) == nil)
    }
}
