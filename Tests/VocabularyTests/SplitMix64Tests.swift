import Testing
import Vocabulary

@Suite struct SplitMix64Tests {
    /// The values of the authors' reference implementation.
    @Test func givesThePublishedNumbers() {
        var generator = SplitMix64(seed: 1_234_567)
        let numbers = (0..<5).map { _ in generator.next() }
        #expect(
            numbers == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
            ]
        )
    }

    @Test func everySeedOfSeveralCounts() {
        var firsts: Set<UInt64> = []
        for seeds in [(0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 0), (0, 1, 1)] as [(UInt64, UInt64, UInt64)] {
            var generator = SplitMix64(seeds: seeds.0, seeds.1, seeds.2)
            firsts.insert(generator.next())
        }
        #expect(firsts.count == 6)
    }

    @Test func mixingDependsOnTheOrder() {
        #expect(SplitMix64.mix(1, 2) != SplitMix64.mix(2, 1))
        #expect(SplitMix64.mix(1, 2) == SplitMix64.mix(1, 2))
    }
}
