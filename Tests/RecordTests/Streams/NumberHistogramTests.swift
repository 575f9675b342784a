import Foundation
import Record
import Testing

@Suite struct NumberHistogramTests {
    @Test(arguments: [1.0, 20, 152, 999, 0.25, 49.7, 100, 1_230, 25_000])
    func keepsThreeDigits(number: Double) throws {
        var histogram = NumberHistogram()
        for _ in 0..<5 { histogram.record(number) }
        #expect(histogram.count == 5)
        #expect(histogram.largest == number)
        for percentile in [1.0, 50, 100] { #expect(histogram.value(atPercentile: percentile) == number) }
    }

    @Test func nothingIsAbsent() {
        let histogram = NumberHistogram()
        #expect(histogram.isEmpty)
        #expect(histogram.largest == nil)
        #expect(histogram.value(atPercentile: 50) == nil)
    }

    @Test func theLowEndIsToldApart() throws {
        var histogram = NumberHistogram()
        for number in 1...100 { histogram.record(Double(number)) }
        #expect(histogram.value(atPercentile: 1) == 1)
        #expect(histogram.value(atPercentile: 5) == 5)
        #expect(histogram.value(atPercentile: 50) == 50)
    }

    @Test func whatIsTooLargeOrNoNumberHarmsNothing() throws {
        var histogram = NumberHistogram()
        histogram.record(0)
        histogram.record(-1)
        histogram.record(.nan)
        histogram.record(.infinity)
        #expect(histogram.count == 4)
        #expect(histogram.largest == 3_600_000)
    }

    @Test func isMergedAndCoded() throws {
        var (left, right) = (NumberHistogram(), NumberHistogram())
        left.record(1)
        right.record(200)
        left.merge(right)
        #expect(left.count == 2)
        #expect(left.largest == 200)
        #expect(try JSONDecoder().decode(NumberHistogram.self, from: JSONEncoder().encode(left)) == left)
    }
}
