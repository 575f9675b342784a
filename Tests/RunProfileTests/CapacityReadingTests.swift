import Foundation
import RunProfile
import Testing
import Vocabulary

@Suite struct CapacityReadingTests {
    private static func profile(_ capacity: String, scenario: String = "arrival: { rate: 200/s }") -> String {
        "target: { url: reference }\ncapacity: \(capacity)\nscenarios:\n  - { name: a, \(scenario) }\n"
    }

    @Test func aClimbIsRead() throws {
        let publish = "{ url: \"reference/broadcast?topic=a\", every: 2s }"
        let profile = try Examples.read(
            Self.profile("{ from: 500, by: 600, to: 1500, level: 5s, publish: \(publish) }")
        )
        let capacity = try #require(profile.capacity)
        #expect(capacity.levels == [500, 1_100, 1_500])
        #expect(capacity.level == 5 * .perSecond)
        #expect(capacity.publishEvery == 2 * .perSecond)
        #expect(capacity.publish?.address == .reference(path: "/broadcast?topic=a"))
        #expect(capacity.publish?.body == "{moment}")
        let scenario = try #require(profile.scenarios.first)
        #expect(scenario.connections == 1_500)
        #expect(scenario.arrival == .staircase(capacity.staircase(rate: 200)))
        #expect(try #require(scenario.hold) > capacity.staircase(rate: 200).end)
    }

    @Test func theBundledProfileIsRead() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
            "../../Profiles"
        )
        let text = try String(contentsOf: folder.appendingPathComponent("capacity.yaml"), encoding: .utf8)
        let profile = try Examples.read(text)
        #expect(profile.capacity?.levels.last == 18_000)
        #expect(profile.scenarios.map(\.connections) == [18_000])
    }

    @Test(arguments: [
        ("{ from: 100, factor: 1.5, to: 300 }", [100, 150, 225, 300]), ("{ from: 7, by: 1, to: 7 }", [7]),
        ("{ from: 1, factor: 1.1, to: 4 }", [1, 2, 3, 4]), ("{ from: 9, by: 10000000, to: 10 }", [9, 10]),
    ])
    func levelsRiseToTheLast(capacity: String, levels: [Int]) throws {
        #expect(try Examples.read(Self.profile(capacity)).capacity?.levels == levels)
    }

    @Test(arguments: [
        ("[]", "2:11: capacity: found a list; expected a map, such as { from: 500, by: 500, to: 10000, level: 10s }"),
        ("{ from: 1, to: 2 }", "2:11: capacity: neither by nor factor; expected either by or factor, such as by: 500"),
        (
            "{ from: 1, by: 1, factor: 2, to: 2 }",
            "2:37: capacity.factor: both by and factor; expected either by or factor"
        ),
        (
            "{ from: 1, by: 0, to: 2 }",
            "2:26: capacity.by: 0 is out of range; expected a whole number from 1 to 10,000,000, such as 500"
        ),
        (
            "{ from: 1, factor: 1, to: 2 }",
            "2:30: capacity.factor: 1 is out of range; expected a number above 1.00, at most 1,000, such as 1.5"
        ),
        (
            "{ from: 1, factor: twice, to: 2 }",
            "2:30: capacity.factor: found \"twice\"; expected a number above 1.00, at most 1,000, such as 1.5"
        ),
        ("{ by: 1, to: 2 }", "2:11: capacity.from: missing; expected a whole number of streams, such as 500"),
        ("{ from: 1, by: 1 }", "2:11: capacity.to: missing; expected a whole number of streams, such as 10000"),
        ("{ from: 9, by: 1, to: 8 }", "2:33: capacity.to: 8, but from is 9; expected at least 9"),
        (
            "{ from: 1, by: 1, to: 1001 }",
            "2:11: capacity: more than 1,000 levels; expected a larger step, or a lower to"
        ),
        (
            "{ from: 1, by: 1, to: 2, level: 10ms }",
            "2:43: capacity.level: 10ms is out of range; expected a duration from 100ms to 1h, such as 10s"
        ),
        (
            "{ from: 1, by: 1, to: 2, publish: { url: \"reference/b\", every: 1ms } }",
            "2:74: capacity.publish.every: 1ms is out of range; expected a duration from 100ms to 1h, such as 1s"
        ),
        (
            "{ from: 1, by: 1, to: 2, publish: { url: \"reference/b\", body: hello } }",
            "2:73: capacity.publish.body: the body has no {moment}; expected text in which {moment} stands for the send time, by which events are measured"
        ),
        (
            "{ from: 1, by: 1, to: 2, form: 3 }",
            "2:36: capacity.form: unknown key; did you mean \"from\"? (known keys: from, by, factor, to, level, publish)"
        ),
    ])
    func badClimbs(capacity: String, expected: String) {
        #expect(Examples.errors(of: Self.profile(capacity)) == ["smoke.yaml:" + expected])
    }

    @Test(
        arguments: [
            ("hold: 1s", ["4:5: scenarios[0]: capacity needs a rate; expected arrival: { rate: 200/s }"]),
            (
                "arrival: { keep: 5 }",
                ["4:25: scenarios[0].arrival: capacity needs a rate; expected arrival: { rate: 200/s }"]
            ),
            ("arrival: { rate: 5 }", nil),
            ("connections: 5, arrival: { rate: 5/s }", []), ("drop: { stages: all }, arrival: { rate: 5/s }", []),
            (
                "arrival: { rate: 1/h }",
                ["4:5: scenarios[0]: the climb would take longer than 168h; expected a higher rate, or fewer levels"]
            ),
        ] as [(String, [String]?)]
    )
    func badScenariosOfAClimb(scenario: String, expected: [String]?) {
        let errors = Examples.errors(of: Self.profile("{ from: 500, by: 500, to: 1000 }", scenario: scenario))
        #expect(!errors.isEmpty)
        if let expected { #expect(expected.allSatisfy { errors.contains("smoke.yaml:" + $0) }, "\(errors)") }
        if scenario.contains("hold") || scenario.contains("connections") || scenario.contains("drop") {
            #expect(errors.contains { $0.contains("capacity says how many streams there are, and how long they stay") })
        }
    }

    @Test func aClimbHasOneScenario() {
        let text = Self.profile("{ from: 1, by: 1, to: 2 }") + "  - { name: b, arrival: { rate: 1/s } }\n"
        #expect(
            Examples.errors(of: text) == [
                "smoke.yaml:4:3: scenarios: 2 scenarios in a profile with capacity; expected a list of one scenario, such as [{ name: listeners, arrival: { rate: 200/s } }]"
            ]
        )
    }
}
