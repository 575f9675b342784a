import RunProfile
import Testing
import Vocabulary

@Suite struct BystanderReadingTests {
    private static func profile(_ bystanders: String, url: String = "http://127.0.0.1:8080/events") -> String {
        """
        target: { url: "\(url)" }
        scenarios: [{ name: listeners, connections: 10, hold: 5s }]
        bystanders: \(bystanders)
        """
    }

    @Test func defaultsAndAllKeysAreRead() throws {
        let profile = try Examples.read(
            Self.profile(
                """
                [{ url: /healthz }, { name: login, url: "https://127.0.0.1:9/login?a=b", method: POST, \
                headers: { X-Key: k }, body: hello, every: 50ms, timeout: 2s, expect: 204 }]
                """
            )
        )
        let health = BystanderOptions(name: "/healthz", address: .path("/healthz"))
        #expect(profile.bystanders[0] == health)
        #expect(health.every == 200 * .perMillisecond)
        let login = profile.bystanders[1]
        #expect(login.name == "login")
        #expect(login.address == .other(.url(TargetURL("https://127.0.0.1:9/login?a=b")!)))
        #expect(login.method == "POST")
        #expect(login.headers == [Target.Header(name: "X-Key", value: "k")])
        #expect(login.body == "hello")
        #expect(login.every == 50 * .perMillisecond)
        #expect(login.timeout == 2 * .perSecond)
        #expect(login.expect == 204)
    }

    @Test(arguments: [
        "[{ name: health }]", "[{ url: healthz }]", "[{ url: /a b }]", "[{ url: /a, evry: 1s }]",
        "[{ url: /a }, { url: /a }]", "[{ url: /a, every: 1ms }]", "[{ url: /a, expect: 99 }]",
        "[{ url: reference/healthz }]", "{ url: /a }",
    ])
    func whatIsWrongIsSaid(_ text: String) {
        #expect(throws: ProfileErrors.self) { try Examples.read(Self.profile(text)) }
    }

    @Test func aThresholdNeedsThem() throws {
        let text = "target: { url: reference }\nscenarios: [{ name: a, connections: 1, hold: 1s }]\n"
        #expect(throws: ProfileErrors.self) { try Examples.read(text + "thresholds: [bystanders.p99 < 100ms]") }
        let profile = try Examples.read(
            text + "bystanders: [{ url: /healthz }]\nthresholds: [bystanders.p99 < 100ms, bystanders.errors == 0]"
        )
        #expect(profile.thresholds.map(\.metric) == [.bystanders(.p99), .bystanderErrors])
        #expect(profile.thresholds[0].bound == 100e6)
    }

    @Test func theBundledServersRequestTimeoutIsRead() throws {
        let text = "target: { url: reference }\nscenarios: [{ name: a, connections: 1, hold: 1s }]\n"
        #expect(try Examples.read(text).reference.requestTimeout == 30 * .perSecond)
        #expect(
            try Examples.read(text + "reference: { requestTimeout: 1s }").reference.requestTimeout == .perSecond
        )
    }
}
