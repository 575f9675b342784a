import Testing

@testable import Load

@Suite struct RequestDrawTests {
    @Test(arguments: [1, 2, 3, 4, 5, 6, 30, 97, 100, 1_000])
    func eachComesOnceBeforeAnyComesAgain(count: Int) {
        for seed in 0..<20 as Range<UInt64> {
            let draw = RequestDraw(among: count, seed: seed)
            for round in 0..<3 {
                let drawn = (0..<count).map { draw[round * count + $0] }
                #expect(Set(drawn) == Set(0..<count))
            }
        }
    }

    @Test func theSeedDecides() {
        func drawn(_ seed: UInt64) -> [Int] {
            let draw = RequestDraw(among: 50, seed: seed)
            return (0..<50).map { draw[$0] }
        }
        #expect(drawn(1) == drawn(1))
        #expect(drawn(1) != drawn(2))
    }
}
