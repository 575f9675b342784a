import Testing

@testable import Fuzzing

@Suite struct CaseGeneratorTests {
    @Test(arguments: [nil, CaseKind.wire, .state, .tls])
    func theSameSeedAndNumberGiveTheSameCase(only: CaseKind?) throws {
        let (first, second) = (try Made.generator(only: only), try Made.generator(only: only))
        for number in 0..<300 as Range<UInt64> { #expect(first.make(number) == second.make(number)) }
    }

    @Test func aCaseDoesNotDependOnThoseBeforeIt() throws {
        let late = try Made.generator().make(99)
        let generator = try Made.generator()
        for number in 0..<99 as Range<UInt64> { _ = generator.make(number) }
        #expect(generator.make(99) == late)
    }

    @Test func anotherSeedGivesOtherCases() throws {
        let (first, second) = (try Made.generator(seed: 1), try Made.generator(seed: 2))
        let same = (0..<100 as Range<UInt64>).filter { first.make($0) == second.make($0) }
        #expect(same.count < 5)
    }

    @Test(arguments: CaseKind.allCases) func onlyOneKindIsMadeWhereOneIsAskedFor(kind: CaseKind) throws {
        let generator = try Made.generator(only: kind)
        for number in 0..<200 as Range<UInt64> { #expect(generator.make(number).kind == kind) }
    }

    @Test func allKindsAreMadeOtherwise() throws {
        let generator = try Made.generator()
        #expect(Set((0..<200 as Range<UInt64>).map { generator.make($0).kind }) == Set(CaseKind.allCases))
    }

    @Test func aServerWithoutTLSHasNoCasesOfIt() throws {
        let generator = CaseGenerator(seed: 1, only: nil, server: try Made.server(secure: false), corpus: [])
        for number in 0..<300 as Range<UInt64> { #expect(generator.make(number).kind != .tls) }
    }

    @Test func theCorpusComesFirst() throws {
        let corpus = [Made.pauses([1_000]), Made.pauses([2_000])]
        let generator = try Made.generator(corpus: corpus)
        #expect(generator.make(0) == corpus[0])
        #expect(generator.make(1) == corpus[1])
    }

    @Test func everyCaseIsWithinTheLimits() throws {
        let generator = try Made.generator()
        for number in 0..<2_000 as Range<UInt64> {
            let test = generator.make(number)
            #expect((1...FuzzLimits.replaySteps).contains(test.steps.count))
            for step in test.steps {
                switch step.action {
                case .send(let bytes, _), .inject(let bytes): #expect(bytes.count < 1 << 20)
                case .expect(_, let time), .pause(let time): #expect(time <= FuzzLimits.awaitTime)
                default: break
                }
            }
        }
    }
}
