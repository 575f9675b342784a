import Testing
import Verdict

@testable import Report

@Suite struct FigureTextTests {
    @Test(arguments: [
        ("connect.p99 < 500ms", 18_400_000, "18.4 ms"),
        ("event.p50<1s", 2_000, "2.00 µs"),
        ("heartbeat.interval.p99 < 1200ms", 1_040_000_000, "1.04 s"),
        ("heartbeat.longestSilence < 5s", 2e9, "2.00 s"),
        ("heartbeat.missed == 0", 12, "12"),
        ("errors.rate < 0.1%", 0.000_25, "0.025%"),
        ("errors.rate < 0.1%", 0.000_001, "< 0.001%"),
        ("errors.count == 0", 1_234, "1,234"),
        ("connections.peak >= 2000", 2_184, "2,184"),
        ("leaks == 0", 0, "0"),
        ("canaries: gap.p99 < 50ms", 20e6, "20.0 ms"),
        ("delivery.spread.max < 50ms", 20e6, "20.0 ms"),
        ("heartbeat.drift < 0.1%", 0.000_25, "0.025%"),
        ("unheardOf.p99 < 5ms", 7e6, "7,000,000"),
    ])
    func measuredValuesHaveTheirMetricsUnit(expression: String, value: Double, expected: String) {
        #expect(FigureText.measured(ThresholdResult(expression: expression, value: value, passed: true)) == expected)
    }

    @Test func whatWasNotMeasuredHasNoText() {
        #expect(FigureText.measured(ThresholdResult(expression: "leaks == 0", value: nil, passed: false)) == nil)
        #expect(FigureText.share(1, of: 0) == nil)
    }

    @Test func moments() {
        #expect(FigureText.moment(1_790_000_000.9) == "2026-09-21 14:13:20 UTC")
        #expect(FigureText.moment(-5) == "1970-01-01 00:00:00 UTC")
        #expect(FigureText.moment(.infinity) == "1970-01-01 00:00:00 UTC")
        #expect(FigureText.moment(1e300).hasPrefix("9999-12-31"))
    }

    @Test func numbers() {
        #expect(FigureText.number(171) == "171")
        #expect(FigureText.number(12_345.6) == "12,346")
        #expect(FigureText.number(38.17) == "38.2")
        #expect(FigureText.count(.max) == "9,223,372,036,854,775,807")
        #expect(FigureText.counted(1, "drop") == "1 drop")
        #expect(FigureText.counted(0, "drop") == "0 drops")
    }
}
