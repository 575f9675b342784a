import Testing

@testable import Report

@Suite struct AxisTests {
    private func labels(_ axis: Axis) -> [String] { axis.ticks.map(\.label) }

    @Test(arguments: [
        (2_184.0, "streams", ["0", "1k", "2k", "3k"]),
        (4.0, "count", ["0", "1", "2", "3", "4"]),
        (0.0, "count", ["0", "1"]),
        (2.0, "count", ["0", "1", "2"]),
        (87.0, "1/s", ["0", "50", "100"]),
        (1.9, "1/s", ["0", "0.5", "1", "1.5", "2"]),
        (220.0 * 1_048_576, "bytes", ["0", "64 MiB", "128 MiB", "192 MiB", "256 MiB"]),
        (1_840_000_000, "ns", ["0", "500 ms", "1 s", "1.5 s", "2 s"]),
    ])
    func valuesHaveNiceTicks(highest: Double, unit: String, expected: [String]) {
        let axis = Axis.values(upTo: highest, unit: unit)
        #expect(labels(axis) == expected)
        #expect(axis.upper >= highest)
        #expect(axis.lower == 0)
    }

    @Test(arguments: [Double.nan, .infinity, -1, 0, Double.leastNonzeroMagnitude])
    func badHighestsStillGiveAnAxis(highest: Double) {
        #expect(Axis.values(upTo: highest, unit: "count").upper == 1)
        #expect(!Axis.time(upTo: highest).ticks.isEmpty)
    }

    @Test(arguments: [
        (96.0, ["0 s", "30 s", "1:00", "1:30"]), (6.0, ["0 s", "1 s", "2 s", "3 s", "4 s", "5 s", "6 s"]),
        (7_300.0, ["0 s", "30:00", "1:00:00", "1:30:00", "2:00:00"]),
    ])
    func timeHasStepsThatPeopleCountIn(end: Double, expected: [String]) {
        #expect(labels(Axis.time(upTo: end)) == expected)
    }

    @Test func absurdValuesHaveWholeLabels() {
        #expect(AxisLabel.text(1.5e300, unit: "count").hasSuffix("e+288T"))
        #expect(!Axis.values(upTo: .greatestFiniteMagnitude, unit: "ns").ticks.isEmpty)
    }

    @Test func aLongTimeHasFewTicks() {
        #expect((2...8).contains(Axis.time(upTo: 40 * 86_400).ticks.count))
    }

    @Test func logarithmicTicks() {
        #expect(
            labels(.logarithmic(from: 300_000, to: 20_000_000, unit: "ns")) == [
                "200 µs", "500 µs", "1 ms", "2 ms", "5 ms", "10 ms", "20 ms",
            ]
        )
        #expect(
            labels(.logarithmic(from: 1_000, to: 3e9, unit: "ns")) == [
                "1 µs", "10 µs", "100 µs", "1 ms", "10 ms", "100 ms", "1 s", "10 s",
            ]
        )
        let single = Axis.logarithmic(from: 1_000, to: 1_000, unit: "ns")
        #expect(single.upper > single.lower)
    }

    @Test func fractionsAreClamped() {
        let axis = Axis.values(upTo: 100, unit: "1/s")
        #expect(axis.fraction(50) == 0.5)
        #expect(axis.fraction(-10) == 0)
        #expect(axis.fraction(1e9) == 1)
        #expect(axis.fraction(.nan) == 0)
        let decades = Axis.logarithmic(from: 1, to: 10_000, unit: "")
        #expect(abs(decades.fraction(100) - 0.5) < 1e-9)
    }

    @Test func eachNineTakesTheSameRoom() {
        let axis = Axis.percentiles(count: 100_000)
        #expect(labels(axis) == ["0", "p50", "p90", "p99", "p99.9", "p99.99", "p99.999"])
        #expect(abs(axis.fraction(Axis.position(ofPercentile: 99)) - 0.4) < 1e-9)
        #expect(abs(Axis.percentile(atPosition: 2) - 99) < 1e-9)
        #expect(labels(.percentiles(count: 1)) == ["0", "p50", "p90"])
    }
}
