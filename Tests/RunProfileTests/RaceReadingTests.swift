import RunProfile
import Testing
import Vocabulary

@Suite struct RaceReadingTests {
    private static func profile(_ race: String) -> String {
        "target: { url: reference }\nrace: \(race)\nscenarios:\n  - { name: a, connections: 1, hold: 1s }\n"
    }

    @Test func aRaceIsRead() throws {
        let text = """
            { stage: request-sent, manner: rst, gauge: clients, from: 10us, to: 2ms, budget: 500, batch: 10, \
            rate: 100/s, settle: 20ms }
            """
        let race = try Examples.read(Self.profile(text)).race
        #expect(race.stage == .requestSent)
        #expect(race.manner == .rst)
        #expect(race.gauge == "clients")
        #expect(race.from == 10 * .perMicrosecond)
        #expect(race.to == 2 * .perMillisecond)
        #expect(race.budget == 500)
        #expect(race.batch == 10)
        #expect(race.rate == 100)
        #expect(race.settle == 20 * .perMillisecond)
    }

    @Test(arguments: [
        ("[]", "2:7: race: found a list; expected a map, such as { stage: request-sent, from: 0us, to: 20ms }"),
        (
            "{ from: 2ms, to: 1ms }",
            "race.to: to is not above from, 2.00 ms; expected the longest delay to try, such as 20ms"
        ),
        ("{ from: 1s }", "race: to is not above from, 1.00 s; expected the longest delay to try, such as 20ms"),
        ("{ rate: 5000/s }", "race.rate: a batch at this rate takes too long, or its drops meet in the server"),
        ("{ stage: request-snt }", "race.stage"),
        ("{ budget: 99 }", "race.budget: 99 is out of range; expected a whole number from 100 to 200,000"),
        ("{ batch: 1 }", "race.batch: 1 is out of range; expected a whole number from 5 to 1,000"),
        ("{ to: 1h }", "race.to: 1h is out of range"),
    ])
    func whatIsWrongIsSaid(race: String, message: String) {
        let errors = #expect(throws: ProfileErrors.self) { try Examples.read(Self.profile(race)) }
        #expect(errors?.description.contains(message) == true, "\(errors?.description ?? "")")
    }
}
