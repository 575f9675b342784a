import RunProfile
import Testing
import Vocabulary

@Suite struct ArrivalReadingTests {
    private static let ramps = [RateRamp(to: 1_000, over: 30 * .perSecond), RateRamp(to: 1_000, over: 60 * .perSecond)]

    @Test(
        arguments: [
            (
                "{ rate: 100/s, ramp: [{ to: 1000/s, over: 30s }, { to: 1/ms, over: 1m }] }",
                .varying(VaryingRate(start: 100, ramps: ramps))
            ),
            (
                "{ ramp: [{ to: 1000/s, over: 0 }] }",
                .varying(VaryingRate(start: 0, ramps: [RateRamp(to: 1_000, over: 0)]))
            ),
            ("{ keep: 500, rate: 200/s }", .keep(500, rate: 200)),
            ("{ keep: 500 }", .keep(500, rate: nil)),
            (
                "{ rate: 50/s, spikes: [{ at: 10s, connections: 400 }, { at: 5s, connections: 100 }] }",
                .varying(
                    VaryingRate(
                        start: 50,
                        spikes: [
                            ArrivalSpike(at: 10 * .perSecond, connections: 400),
                            ArrivalSpike(at: 5 * .perSecond, connections: 100),
                        ]
                    )
                )
            ),
        ] as [(String, Arrival)]
    )
    func readsEveryKind(text: String, expected: Arrival) throws {
        #expect(try Examples.read(Self.profile(text)).scenarios.first?.arrival == expected)
    }

    @Test(arguments: [
        ("{ spikes: [{ at: 1s, connections: 1 }] }", ["5:14: ….rate: missing; expected a rate, such as 400/s"]),
        (
            "{ rat: 1/s }",
            [
                "5:14: ….rate: missing; expected a rate, such as 400/s",
                "5:16: ….rat: unknown key; did you mean \"rate\"? (known keys: rate, ramp, keep, spikes)",
            ]
        ),
        (
            "{ ramp: 1000/s }",
            ["5:22: ….ramp: found \"1000/s\"; expected a list of ramps, such as [{ to: 1000/s, over: 30s }]"]
        ),
        (
            "{ ramp: [] }",
            ["5:22: ….ramp: an empty list; expected a list of ramps, such as [{ to: 1000/s, over: 30s }]"]
        ),
        (
            "{ ramp: [{ to: 1000 }, { to: 1/s, over: 3, at: 1s }] }",
            [
                "5:29: ….ramp[0].to: 1000 has no unit; expected a rate above 0, at most 10,000,000/s, such as 400/s",
                "5:23: ….ramp[0].over: missing; expected a duration, such as 30s",
                "5:54: ….ramp[1].over: 3 has no unit; expected a duration up to 168h, such as 30s",
                "5:57: ….ramp[1].at: unknown key (known keys: to, over)",
            ]
        ),
        (
            "{ ramp: [{ to: 0/s, over: 200h }] }",
            [
                "5:29: ….ramp[0].to: 0/s is out of range; expected a rate above 0, at most 10,000,000/s, such as 400/s",
                "5:40: ….ramp[0].over: 200h is out of range; expected a duration up to 168h, such as 30s",
            ]
        ),
        (
            "{ ramp: [{ to: 1/s, over: 168h }, { to: 1/h, over: 168h }] }",
            []
        ),
        (
            "{ ramp: [{ to: 1/h, over: 168h }, { to: 1/h, over: 1h }] }",
            ["5:22: ….ramp: 500 connections would take longer than 168h to arrive; expected a higher rate"]
        ),
        ("{ keep: 501 }", ["5:22: ….keep: 501, but the scenario has 500; expected at most 500"]),
        (
            "{ keep: 0 }",
            ["5:22: ….keep: 0 is out of range; expected a whole number from 1 to 10,000,000, such as 500"]
        ),
        (
            "{ keep: 5, ramp: [{ to: 1/s, over: 1s }], spikes: [{ at: 1s, connections: 1 }] }",
            [
                "5:31: ….ramp: both keep and ramp; expected either keep or ramp",
                "5:64: ….spikes: both keep and spikes; expected either keep or spikes",
            ]
        ),
        (
            "{ keep: 500, rate: 1/h }",
            ["5:33: ….rate: 500 connections would take longer than 168h to arrive; expected a higher rate"]
        ),
        (
            "{ rate: 1/s, spikes: [{ at: 1s, connections: 400 }, { at: 2s, connections: 101 }] }",
            ["5:35: ….spikes: 501 connections, but the scenario has 500; expected at most 500 in all spikes"]
        ),
        (
            "{ rate: 1/s, spikes: [{ at: 1, connections: many }] }",
            [
                "5:42: ….spikes[0].at: 1 has no unit; expected a duration up to 168h, such as 10s",
                "5:58: ….spikes[0].connections: found \"many\"; expected a whole number from 1 to 10,000,000, such as 500",
            ]
        ),
        (
            "{ rate: 1/s, spikes: 10s }",
            [
                "5:35: ….spikes: found \"10s\"; expected a list of spikes, such as [{ at: 10s, connections: 500 }]"
            ]
        ),
        (
            "{ rate: 1/s, spikes: [500] }",
            ["5:36: ….spikes[0]: found \"500\"; expected a map, such as { at: 10s, connections: 500 }"]
        ),
    ])
    func namesWhatIsWrong(text: String, expected: [String]) {
        let full = expected.map { "smoke.yaml:" + $0.replacing("…", with: "scenarios[0].arrival") }
        #expect(Examples.errors(of: Self.profile(text)).sorted() == full.sorted())
    }

    private static func profile(_ arrival: String) -> String {
        "target: { url: reference }\nscenarios:\n  - name: a\n    connections: 500\n    arrival: \(arrival)\n    hold: 1s\n"
    }
}
