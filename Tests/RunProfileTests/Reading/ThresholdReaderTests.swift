import RunProfile
import Testing

@Suite struct ThresholdReaderTests {
    @Test(arguments: ThresholdMetric.all) func readsEveryMetric(metric: ThresholdMetric) throws {
        let (bound, expected): (String, Double) =
            switch metric.unit {
            case .nanoseconds: ("1.5ms", 1_500_000)
            case .share: ("50%", 0.5)
            case .count: ("12", 12)
            }
        let expression = "\(metric.name) >= \(bound)"
        // Whatever is measured at all.
        let measuring = ["scenarios.0.tokens=/text", "bystanders=[{ url: /healthz }]"]
        let profile = try Examples.read(Examples.small, overrides: measuring + ["thresholds=[\(expression)]"])
        #expect(
            profile.thresholds == [
                Threshold(expression: expression, metric: metric, comparison: .greaterOrEqual, bound: expected)
            ]
        )
        #expect(ThresholdMetric(of: expression) == metric)
        #expect(ThresholdMetric(of: "any <name>: of !mine: \(metric.name)<\(bound)") == metric)
    }

    @Test(arguments: ["", "unheardOf.p99 < 5ms", "connect < 5ms", "connect.p99: < 5ms", "< 5ms"])
    func anExpressionWithoutAMetricHasNone(expression: String) {
        #expect(ThresholdMetric(of: expression) == nil)
    }

    @Test(arguments: Threshold.Comparison.allCases, ["", "  "])
    func readsEveryComparison(comparison: Threshold.Comparison, space: String) throws {
        let expression = "leaks\(space)\(comparison.rawValue)\(space)3"
        let profile = try Examples.read(Examples.small + "thresholds:\n  - \"\(expression)\"\n")
        #expect(profile.thresholds.map(\.comparison) == [comparison])
        #expect(profile.thresholds.map(\.bound) == [3])
    }

    @Test(arguments: [
        ("leaks", "found \"leaks\"; expected a metric, a comparison and a bound, such as connect.p99 < 500ms"),
        ("leak == 0", "unknown metric \"leak\"; did you mean \"leaks\"?"),
        ("connect.p95 < 1s", "unknown metric \"connect.p95\"; did you mean \"connect.p90\"?"),
        ("speed > 1", "unknown metric \"speed\"; expected a metric such as connect.p99, errors.rate or leaks"),
        ("leaks = 0", "found \"leaks = 0\"; expected one of the comparisons <= >= == != < >"),
        ("leaks =< 0", "found \"leaks =< 0\"; expected one of the comparisons <= >= == != < >"),
        ("leaks == 0%", "the bound \"0%\"; expected leaks in a whole number, such as 0"),
        ("leaks == -1", "the bound \"-1\"; expected leaks in a whole number, such as 0"),
        (
            "leaks < 99999999999999999999",
            "the bound \"99999999999999999999\"; expected leaks in a whole number, such as 0"
        ),
        ("leaks <", "the bound \"\"; expected leaks in a whole number, such as 0"),
        ("connect.p99 < 500", "the bound \"500\"; expected connect.p99 in a duration, such as 500ms"),
        ("connect.p99 < 5%", "the bound \"5%\"; expected connect.p99 in a duration, such as 500ms"),
        ("errors.rate < 0.1", "the bound \"0.1\"; expected errors.rate in percent, such as 0.1%"),
        ("errors.rate < 5ms", "the bound \"5ms\"; expected errors.rate in percent, such as 0.1%"),
    ])
    func refuses(expression: String, expected: String) {
        let errors = Examples.errors(of: "thresholds:\n  - \"\(expression)\"\n" + Examples.small)
        #expect(errors == ["smoke.yaml:2:5: thresholds[0]: " + expected])
    }
}
