import Testing

@testable import Verdict

@Suite struct TimeBinsTests {
    @Test func eachBinHasItsMedian() {
        let bins = TimeBins(times: [0, 1, 2, 3, 4, 5], values: [1, 9, 2, 7, 8, 30], count: 2)
        #expect(bins.times == [1, 4])
        #expect(bins.values == [2, 8])
    }

    @Test func binsWithoutASampleAreLeftOut() {
        let bins = TimeBins(times: [0, 1, 9, 10], values: [1, 3, 5, 9], count: 5)
        #expect(bins.times == [0.5, 9.5])
        #expect(bins.values == [2, 7])
    }

    @Test func nothingGivesNothing() {
        #expect(TimeBins(times: [], values: [], count: 3).times.isEmpty)
        #expect(TimeBins(times: [1], values: [1], count: 3).times.isEmpty)
    }
}
