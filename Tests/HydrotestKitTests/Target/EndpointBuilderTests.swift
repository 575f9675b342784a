import EventLoop
import RunProfile
import ScriptedServer
import TestTurns
import Testing
import Transport
import Vocabulary

@testable import HydrotestKit
@testable import Load

@Suite(Turn.sideBySide) struct EndpointBuilderTests {
    private func endpoint(
        _ url: String = "http://127.0.0.1:8080/events?topics=a",
        _ change: (inout Profile) -> Void = { _ in }
    ) throws -> Endpoint {
        var profile = try Made.profile(url, [Made.holding(1, for: 1)])
        change(&profile)
        return try EndpointBuilder(profile: profile, reference: nil).endpoint(profile.scenarios[0])
    }

    private func request(_ change: (inout Profile) -> Void = { _ in }) throws -> String {
        let endpoint = try endpoint("http://127.0.0.1:8080/events?topics=a", change)
        return withExtendedLifetime(endpoint) { String(decoding: endpoint.request(0), as: UTF8.self) }
    }

    @Test func theDefaultsAreThoseOfABrowser() throws {
        #expect(
            try request() == """
                GET /events?topics=a HTTP/1.1\r
                Host: 127.0.0.1:8080\r
                Accept: text/event-stream\r
                Cache-Control: no-cache\r
                User-Agent: hydrotest/\(Version.current)\r
                \r

                """
        )
    }

    @Test func headersReplaceDefaultsOfTheirName() throws {
        let text = try request {
            $0.target.headers = [
                .init(name: "HOST", value: "other"), .init(name: "user-agent", value: "me"),
                .init(name: "Authorization", value: "Bearer x"),
            ]
        }
        #expect(
            text == """
                GET /events?topics=a HTTP/1.1\r
                Accept: text/event-stream\r
                Cache-Control: no-cache\r
                HOST: other\r
                user-agent: me\r
                Authorization: Bearer x\r
                \r

                """
        )
    }

    @Test func aBodyHasItsLength() throws {
        let text = try request {
            $0.target.method = "POST"
            $0.target.body = "{\"ä\":1}"
        }
        #expect(text.hasPrefix("POST /events?topics=a HTTP/1.1\r\n"))
        #expect(text.hasSuffix("\r\nContent-Length: 8\r\n\r\n{\"ä\":1}"))
        let own = try request {
            $0.target.headers = [.init(name: "content-length", value: "8")]
            $0.target.body = "{\"ä\":1}"
        }
        #expect(own.hasSuffix("\r\ncontent-length: 8\r\n\r\n{\"ä\":1}"))
        #expect(!own.contains("Content-Length"))
    }

    @Test func aRequestThatCannotBeWrittenIsRefused() throws {
        let error = try #require(throws: RunError.self) { try endpoint("http://127.0.0.1/é") }
        #expect(error.exitCode == ExitCode.badProfile)
    }

    @Test func aScenarioMayHaveAnAddressOfItsOwn() throws {
        let endpoint = try endpoint("https://127.0.0.1:1/") { $0.target.tls.verify = false }
        #expect(endpoint.isTLS)
        let own = try self.endpoint("https://127.0.0.1:1/") {
            $0.scenarios[0].url = TargetURL("http://127.0.0.2:7/x")
        }
        #expect(!own.isTLS)
        #expect(own.targets.map(\.description) == ["127.0.0.2:7"])
        let text = withExtendedLifetime(own) { String(decoding: own.request(0), as: UTF8.self) }
        #expect(text.hasPrefix("GET /x HTTP/1.1\r\nHost: 127.0.0.2:7\r\n"))
    }

    @Test func aMissingAuthorityIsRefused() throws {
        let error = try #require(throws: RunError.self) {
            try endpoint("https://127.0.0.1:1/") { $0.target.tls.authorityFile = "/nonexistent.pem" }
        }
        #expect(error.exitCode == ExitCode.badProfile)
    }

    @Test func aNameWithoutAnAddressIsUnreachable() throws {
        let error = try #require(throws: RunError.self) { try endpoint("http://nothing.invalid/") }
        #expect(error.exitCode == ExitCode.targetUnreachable)
    }

    /// `localhost` is also ::1, where this server does not listen.
    @Test func onlyTheAddressesThatAcceptAreUsed() throws {
        let server = try ScriptedServer { _ in nil }
        let endpoint = try endpoint("http://localhost:\(server.port)/")
        #expect(endpoint.targets.map(\.description) == ["127.0.0.1:\(server.port)"])
    }

    /// All scenarios share the ports of the addresses that they come from.
    @Test func scenariosOfOneTargetShareItsPorts() throws {
        var profile = try Made.profile("http://127.0.0.1:9/", [Made.holding(3_000, for: 1, rate: 100)])
        profile.scenarios.append(profile.scenarios[0])
        profile.scenarios[1].name = "others"
        let builder = EndpointBuilder(profile: profile, reference: nil)
        for scenario in profile.scenarios { #expect(try builder.endpoint(scenario).sources.count == 2) }
        profile.scenarios[1].url = TargetURL("http://127.0.0.1:10/")
        let apart = EndpointBuilder(profile: profile, reference: nil)
        for scenario in profile.scenarios { #expect(try apart.endpoint(scenario).sources.isEmpty) }
    }

    private func sources(_ first: String, _ last: String) throws -> [AddressRange] {
        let ends = try (#require(IPAddress(first)), #require(IPAddress(last)))
        return [try #require(AddressRange(ends.0, through: ends.1))]
    }

    @Test func namedSourcesReplaceTheAutomaticOnes() throws {
        let range = try sources("127.0.1.1", "127.0.1.3")
        let endpoint = try endpoint {
            $0.scenarios[0].connections = 5_000
            $0.scenarios[0].arrival = .rate(10)
            $0.scenarios[0].sources = range
        }
        #expect(endpoint.sources.map(\.description) == ["127.0.1.1:0", "127.0.1.2:0", "127.0.1.3:0"])
    }

    @Test(arguments: [("http://[::1]:9/", "127.0.0.1", "IPv4"), ("http://127.0.0.1:9/", "::1", "IPv6")])
    func sourcesOfAnotherFamilyAreRefused(url: String, source: String, family: String) throws {
        let range = try sources(source, source)
        let error = try #require(throws: RunError.self) { try endpoint(url) { $0.scenarios[0].sources = range } }
        #expect(error.exitCode == ExitCode.badProfile)
        #expect(error.description.contains("its sources are \(family) addresses, and none of the target's is"))
    }

    /// Ports are shared with the scenarios that come from the same addresses, and with no others.
    @Test func namedSourcesHavePortsOfTheirOwn() throws {
        var profile = try Made.profile("http://127.0.0.1:9/", [Made.holding(3_000, for: 1, rate: 100)])
        profile.scenarios.append(profile.scenarios[0])
        profile.scenarios[1].name = "others"
        profile.scenarios[1].sources = try sources("127.0.1.1", "127.0.1.1")
        let builder = EndpointBuilder(profile: profile, reference: nil)
        #expect(try builder.endpoint(profile.scenarios[0]).sources.isEmpty)
        #expect(try builder.endpoint(profile.scenarios[1]).sources.count == 1)
    }

    @Test(arguments: [false, true]) func sessionsAreResumedWhereTheProfileSaysSo(resume: Bool) throws {
        let endpoint = try endpoint("https://127.0.0.1:1/") {
            $0.target.tls.verify = false
            $0.target.tls.resume = resume
        }
        #expect(endpoint.tls?.resumes == resume)
    }
}
