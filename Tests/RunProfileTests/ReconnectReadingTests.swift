import RunProfile
import Testing
import Vocabulary

@Suite struct ReconnectReadingTests {
    private static func profile(_ reconnect: String) -> String {
        """
        target: { url: reference }
        scenarios:
          - name: a
            connections: 1
            hold: 1s
            reconnect: \(reconnect)

        """
    }

    @Test func everyKeyIsRead() throws {
        let text = """
            { honourRetry: false, lastEventID: false, jitter: 1ms..2ms, after: 5s, attempts: 3, \
            drop: { at: [20s, 10s], manner: fin } }
            """
        let options = try #require(try Examples.read(Self.profile(text)).scenarios[0].reconnect)
        #expect(!options.honourRetry)
        #expect(!options.lastEventID)
        #expect(options.jitter == .perMillisecond...(2 * .perMillisecond))
        #expect(options.after == 5 * .perSecond)
        #expect(options.attempts == 3)
        #expect(options.drop?.moments == [10 * .perSecond, 20 * .perSecond])
        #expect(options.drop?.manner == .fin)
    }

    @Test func theDefaultsAreABrowsers() throws {
        #expect(try Examples.read(Self.profile("{}")).scenarios[0].reconnect == ReconnectOptions())
        let text = Self.profile("{}").replacing("    reconnect: {}\n", with: "")
        #expect(try Examples.read(text).scenarios[0].reconnect == nil)
    }

    @Test(arguments: [
        ("5", "reconnect: found \"5\"; expected a map, such as { jitter: 0ms..500ms }"),
        ("{ attemps: 3 }", "reconnect.attemps: unknown key; did you mean \"attempts\"?"),
        (
            "{ attempts: 0 }",
            "reconnect.attempts: 0 is out of range; expected a whole number from 1 to 1,000,000, such as 10"
        ),
        ("{ drop: {} }", "reconnect.drop.at: missing; expected a list of moments, such as [10s]"),
        ("{ drop: { at: 10s } }", "reconnect.drop.at: found \"10s\"; expected a list of moments, such as [10s]"),
        ("{ drop: { at: [] } }", "reconnect.drop.at: an empty list; expected a list of moments, such as [10s]"),
        ("{ drop: { at: [1s, 1000ms] } }", "reconnect.drop.at: a moment is in the list twice"),
        (
            "{ drop: { at: [1s], manner: stall } }",
            "reconnect.drop.manner: a stream that is dropped by stall may stay open; expected one of fin, rst, vanish"
        ),
    ])
    func whatIsWrongIsSaid(reconnect: String, message: String) {
        let errors = #expect(throws: ProfileErrors.self) { try Examples.read(Self.profile(reconnect)) }
        #expect(errors?.description.contains(message) == true, "\(errors?.description ?? "")")
    }

    @Test func onlyHeldStreamsComeBack() {
        let text = Self.profile("{}").replacing("hold: 1s", with: "drop: { stages: all }")
        let errors = #expect(throws: ProfileErrors.self) { try Examples.read(text) }
        let message = "reconnect: only streams that are held come back; expected reconnect beside hold"
        #expect(errors?.description.contains(message) == true, "\(errors?.description ?? "")")
    }

    @Test func twoVoicesAboutTheLastEventAreRefused() {
        let text = Self.profile("{}").replacing(
            "{ url: reference }",
            with: "{ url: reference, headers: { last-event-id: 7 } }"
        )
        let errors = #expect(throws: ProfileErrors.self) { try Examples.read(text) }
        let message =
            "scenarios: the target's headers say the last event ID as well; expected reconnect: { lastEventID: false }"
        #expect(errors?.description.contains(message) == true, "\(errors?.description ?? "")")
    }
}
