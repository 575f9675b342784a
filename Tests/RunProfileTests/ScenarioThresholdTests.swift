import RunProfile
import Testing
import Vocabulary

/// Thresholds of one scenario alone.
@Suite struct ScenarioThresholdTests {
    private func thresholds(_ text: String) throws -> [Threshold] {
        try Examples.read(Examples.small + "thresholds: \(text)\n").thresholds
    }

    @Test(arguments: [
        "['listeners: connect.p99 < 500ms']", "['listeners:connect.p99 < 500ms']",
        "\n  - listeners: connect.p99 < 500ms",
        "[listeners: connect.p99 < 500ms]",
    ])
    func aScenarioStandsBeforeAColon(text: String) throws {
        #expect(
            try thresholds(text) == [
                Threshold(
                    expression: "listeners: connect.p99 < 500ms",
                    scenario: "listeners",
                    metric: .latency(.connect, .p99),
                    comparison: .less,
                    bound: 500_000_000
                )
            ]
        )
    }

    @Test func streamsHaveMetrics() throws {
        let metrics = "thresholds: [gap.p99 < 1s, timeToFirstToken.p50 < 1s, tokenRate.p5 >= 20]\n"
        #expect(
            try Examples.read(Self.caller("tokens: /t") + metrics).thresholds.map(\.metric) == [
                .latency(.gap, .p99), .latency(.timeToFirstToken, .p50), .tokenRate(.p5),
            ]
        )
    }

    private static func caller(_ key: String) -> String {
        """
        target: { url: reference }
        scenarios:
          - { name: listeners, connections: 1, hold: 1s }
          - { name: callers, connections: 1, hold: 1s, \(key) }

        """
    }

    @Test(arguments: [
        ("tokens: /t", "gap.max < 1s"), ("tokens: /t", "callers: tokenRate.p5 >= 1"),
        ("until: '[DONE]'", "gap.p50 < 1s"),
        ("until: '[DONE]'", "callers: gap.p50 < 1s"),
    ])
    func whatOneOfItsScenariosMeasuresIsTaken(key: String, threshold: String) throws {
        #expect(try Examples.read(Self.caller(key) + "thresholds: ['\(threshold)']\n").thresholds.count == 1)
    }

    @Test(arguments: [
        (
            "tokens: /t", "listeners: gap.p99 < 1s",
            "gap.p99 is not measured: scenario \"listeners\" has neither tokens nor until; "
                + "expected tokens: /choices/0/delta/content in scenario \"listeners\""
        ),
        (
            "until: x", "tokenRate.p5 >= 1",
            "tokenRate.p5 is not measured: no scenario has tokens; "
                + "expected tokens: /choices/0/delta/content in scenario \"listeners\""
        ),
        (
            "timeout: 1s", "gap.p999 < 1s",
            "gap.p999 is not measured: no scenario has tokens or until; "
                + "expected tokens: /choices/0/delta/content in scenario \"listeners\""
        ),
        (
            "until: x", "callers: timeToFirstToken.max < 1s",
            "timeToFirstToken.max is not measured: scenario \"callers\" has no tokens; "
                + "expected tokens: /choices/0/delta/content in scenario \"callers\""
        ),
    ])
    func whatNoScenarioMeasuresIsRefused(key: String, threshold: String, expected: String) {
        let found = Examples.errors(of: Self.caller(key) + "thresholds: ['\(threshold)']\n")
        #expect(found.map { $0.split(separator: ": ", maxSplits: 2)[2] } == [Substring(expected)])
    }

    @Test(arguments: [
        ("'listener: connect.p99 < 1s'", "no scenario has the name \"listener\"; did you mean \"listeners\"?"),
        (
            "'others: connect.p99 < 1s'",
            "no scenario has the name \"others\"; expected a scenario's name before the colon, or no colon"
        ),
        ("'listeners: leaks == 0'", "leaks is the whole run's; expected no scenario before it"),
        ("'listeners: connections.peak > 0'", "connections.peak is the whole run's; expected no scenario before it"),
        ("'listeners: conect.p99 < 1s'", "unknown metric \"conect.p99\"; did you mean \"connect.p99\"?"),
        ("{ listeners: leaks == 0, other: 1 }", "2 keys; expected at most 1"),
    ])
    func namesWhatIsWrong(text: String, expected: String) {
        let found = Examples.errors(of: Examples.small + "thresholds: [\(text)]\n")
        #expect(found.map { $0.split(separator: ": ", maxSplits: 2)[2] } == [Substring(expected)])
    }
}
