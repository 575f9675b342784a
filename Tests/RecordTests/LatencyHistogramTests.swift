import Foundation
import Record
import Testing

@Suite struct LatencyHistogramTests {
    private func decode(_ json: String) throws -> LatencyHistogram {
        try JSONDecoder().decode(LatencyHistogram.self, from: Data(json.utf8))
    }

    private func roundTrip(_ histogram: LatencyHistogram) throws -> LatencyHistogram {
        try JSONDecoder().decode(LatencyHistogram.self, from: JSONEncoder().encode(histogram))
    }

    @Test func nothingRecordedHasNoFigures() {
        let histogram = LatencyHistogram()
        #expect(histogram.isEmpty)
        #expect(histogram.value(atPercentile: 50) == nil)
        #expect(histogram.mean == nil)
        #expect(histogram.largest == 0)
        #expect(histogram.buckets.isEmpty)
    }

    @Test(arguments: [(50.0, 500_000.0), (90, 900_000), (99, 990_000), (99.9, 999_000), (100, 1_000_000)])
    func percentilesAreWithinThreeDigits(percentile: Double, expected: Double) throws {
        var histogram = LatencyHistogram()
        for microsecond in 1...1_000 { histogram.record(UInt64(microsecond) * 1_000) }
        let value = Double(try #require(histogram.value(atPercentile: percentile)))
        #expect(abs(value - expected) <= expected / 1_000 + 1_000)
    }

    @Test func percentileNeverExceedsTheLargestSpan() {
        var histogram = LatencyHistogram()
        histogram.record(123_456_789)
        for percentile in [0.0, 50, 99, 100] { #expect(histogram.value(atPercentile: percentile) == 123_456_789) }
    }

    @Test func largestIsExact() {
        var histogram = LatencyHistogram()
        histogram.record(1_234_567_891)
        histogram.record(5)
        #expect(histogram.largest == 1_234_567_891)
        #expect(histogram.count == 2)
    }

    @Test func spansPastAnHourCountAsAnHour() {
        var histogram = LatencyHistogram()
        histogram.record(.max)
        #expect(histogram.count == 1)
        #expect(histogram.largest == .max)
        #expect(histogram.value(atPercentile: 50) == LatencyHistogram.longest)
    }

    @Test func countedRecordingEqualsRepeatedRecording() {
        var once = LatencyHistogram()
        once.record(7_000, count: 3)
        once.record(9_000_000, count: 0)
        var thrice = LatencyHistogram()
        for _ in 1...3 { thrice.record(7_000) }
        #expect(once == thrice)
        #expect(once.largest == 7_000)
    }

    @Test func differentSpansAreUnequal() {
        var left = LatencyHistogram()
        left.record(7_000)
        var right = LatencyHistogram()
        right.record(70_000)
        #expect(left != right)
        #expect(left != LatencyHistogram())
    }

    @Test func mergeIsTheHistogramOfBoth() {
        var left = LatencyHistogram()
        var right = LatencyHistogram()
        var both = LatencyHistogram()
        for index in 1...500 as ClosedRange<UInt64> {
            left.record(index * 10_000)
            right.record(index * 1_000_000)
            both.record(index * 10_000)
            both.record(index * 1_000_000)
        }
        left.merge(right)
        #expect(left == both)
        left.merge(LatencyHistogram())
        #expect(left == both)
    }

    @Test(arguments: [[0], [1], [511, 513], [1_000, 2_000_000, 2_000_000, 3_600_000_000_000], [UInt64.max]])
    func roundTripKeepsEveryFigure(spans: [UInt64]) throws {
        var histogram = LatencyHistogram()
        for span in spans { histogram.record(span) }
        let copy = try roundTrip(histogram)
        #expect(copy == histogram)
        #expect(copy.mean == histogram.mean)
        for percentile in [0.0, 50, 99, 100] {
            #expect(copy.value(atPercentile: percentile) == histogram.value(atPercentile: percentile))
        }
    }

    @Test func meanOfLongSpansDoesNotOverflow() throws {
        var histogram = LatencyHistogram()
        histogram.record(LatencyHistogram.longest, count: 1 << 40)
        let mean = try #require(histogram.mean)
        #expect(abs(mean / Double(LatencyHistogram.longest) - 1) < 0.001)
        #expect(histogram.buckets.map(\.count) == [1 << 40])
    }

    @Test(arguments: [
        #"{"max": 1000, "buckets": [[1000]]}"#,
        #"{"max": 1000, "buckets": [[1000, 1, 1]]}"#,
        #"{"max": 1000, "buckets": [[1000, 18446744073709551615]]}"#,
        #"{"max": 1000, "buckets": [[1000, 9007199254740992], [2000, 1]]}"#,
        #"{"max": 1000, "buckets": [[1000, -1]]}"#,
        #"{"max": 1000, "buckets": [[9000, 1]]}"#,
        #"{"max": 1000, "buckets": []}"#,
        #"{"buckets": []}"#,
    ])
    func badBucketsAreRefused(json: String) {
        #expect(throws: DecodingError.self) { try decode(json) }
    }

    @Test func emptyBucketsInAFileAreNothing() throws {
        #expect(try decode(#"{"max": 0, "buckets": [[1000, 0]]}"#) == LatencyHistogram())
    }
}
