import HTTP
import RunProfile
import Testing
import Vocabulary

@testable import HydrotestKit

@Suite struct ProfileDraftTests {
    private static let address = "http://127.0.0.1:8080/events?topics=a"

    private static func draft(
        _ address: String = address,
        _ change: (inout EndpointSight, inout TapOptions) -> Void = { _, _ in }
    ) throws -> ProfileDraft {
        var options = TapOptions(url: try Made.url(address))
        var sight = EndpointSight()
        sight.duration = 5 * .perSecond
        sight.status = 200
        sight.contentType = "text/event-stream"
        change(&sight, &options)
        return ProfileDraft(sight, options: options)
    }

    private static func read(_ draft: ProfileDraft, environment: [String: String] = [:]) throws -> Profile {
        try ProfileReader(environment: environment).read(draft.text, file: "made.yaml")
    }

    private static func beating(_ sight: inout EndpointSight, _ period: Nanoseconds) {
        for beat in 1...4 as ClosedRange<Nanoseconds> { sight.noteComment(at: beat * period) }
    }

    @Test func aQuietStreamIsNotWaitedOn() throws {
        let profile = try Self.read(Self.draft())
        #expect(profile.target.address == .url(try Made.url(Self.address)))
        #expect(profile.heartbeat == nil)
        #expect(profile.probes.isEmpty)
        #expect(profile.scenarios.map(\.hold) == [10 * .perSecond, nil])
        // No event will come, so that no connection reaches it.
        #expect(profile.scenarios[1].drop?.stages?.last == .headersReceived)
        #expect(!profile.thresholds.contains { $0.metric == .leaks })
    }

    @Test func heartbeatAndProcessAreWatched() throws {
        let draft = try Self.draft { sight, _ in
            Self.beating(&sight, 15 * .perSecond)
            sight.note(event: "news", bytes: 2_048, at: .perSecond)
            sight.hasReadableProcess = true
        }
        let profile = try Self.read(draft)
        #expect(profile.heartbeat?.expect == 15 * .perSecond)
        #expect(profile.heartbeat?.match == .comment)
        #expect(profile.scenarios[0].hold == 60 * .perSecond)
        #expect(profile.scenarios[1].drop?.stages == nil)
        #expect(profile.probes.map(\.isOfProcess) == [true])
        #expect(Set(profile.thresholds.map(\.metric)).isSuperset(of: [.leaks, .heartbeatMissed]))
        #expect(draft.facts.contains("events: 0.200/s, up to 2.00 KiB, named news"))
    }

    @Test func aStreamThatEndsIsHeldForHalfItsLife() throws {
        let draft = try Self.draft { sight, _ in
            sight.duration = 800 * .perMillisecond
            sight.ends.all = [sight.end(error: nil)]
        }
        #expect(try Self.read(draft).scenarios[0].hold == 400 * .perMillisecond)
        #expect(draft.text.contains("the server ended the stream after 800 ms, in good order"))
    }

    @Test(arguments: [(2.0, true), (0.3, false)])
    func onlyATimeoutForSilentClientsIsWrittenAsOne(silence: Double, isWritten: Bool) throws {
        let draft = try Self.draft { sight, _ in
            let silence = Nanoseconds(seconds: silence)
            let end = StreamEnd(age: 2 * .perSecond, silence: silence, outlived: 0, error: nil)
            sight.ends.all = [end, end]
        }
        #expect(try Self.read(draft).leak.inactivity == (isWritten ? 2 * .perSecond : nil))
        #expect(draft.text.contains("# Streams ended at an age of 2s, silent or not: that is no timeout") != isWritten)
    }

    /// Streams that are cut while they are silent may be a proxy's doing: nothing is said of the server.
    @Test func whatCutsSilentStreamsIsNotTheServersTimeout() throws {
        let draft = try Self.draft { sight, _ in
            let end = StreamEnd(age: 2 * .perSecond, silence: 2 * .perSecond, outlived: 0, error: "TRUNCATED_BODY")
            sight.ends.all = [end, end]
        }
        #expect(try Self.read(draft).leak.inactivity == nil)
        #expect(draft.text.contains("# Streams ended at an age of 2s, not in good order: was it a proxy's timeout?"))
    }

    /// What was not looked at is neither verified nor distrusted.
    @Test func aCertificateThatNobodyLookedAtIsNotVerified() throws {
        let draft = try Self.draft("https://127.0.0.1/events") { sight, options in
            sight.tlsVersion = "TLSv1.3"
            options.insecure = true
        }
        #expect(draft.facts.contains("TLSv1.3, certificate not looked at, as --insecure was given"))
        #expect(!draft.text.contains("verified") && !draft.text.contains("not trusted"))
        #expect(try !Self.read(draft).target.tls.verify)
    }

    @Test func aCertificateIsTrustedAsFarAsItWas() throws {
        let untrusted = try Self.draft("https://[::1]:8443/events") { sight, _ in
            sight.tlsVersion = "TLSv1.3"
            sight.certificateProblem = "TLS_SELF_SIGNED_CERTIFICATE"
        }
        #expect(try !Self.read(untrusted).target.tls.verify)
        #expect(untrusted.text.contains("openssl s_client -connect [::1]:8443 "))
        let named = try Self.draft("https://localhost:8443/events") { sight, options in
            sight.tlsVersion = "TLSv1.2"
            options.authorityFile = "my \"ca\".pem"
        }
        #expect(try Self.read(named).target.tls.authorityFile == "my \"ca\".pem")
        #expect(try Self.read(named).target.tls.verify)
    }

    @Test func secretsStayInTheEnvironment() throws {
        let draft = try Self.draft { _, options in
            options.headers = [HTTPField("Authorization", "Bearer hush"), HTTPField("X-Tenant", "a: \"b\" ${c} #")]
        }
        #expect(!draft.text.contains("hush"))
        let profile = try Self.read(draft, environment: ["AUTHORIZATION": "Bearer hush"])
        #expect(profile.target.headers.map(\.value) == ["Bearer hush", "a: \"b\" ${c} #"])
    }

    @Test func aServersTextsCannotBreakTheProfile() throws {
        let draft = try Self.draft { sight, _ in
            sight.contentType = "text/event-stream\nseed: 7"
            sight.server = "x\u{1B}[2J\r\n  evil: true"
            sight.note(event: "a\nb: c", bytes: 1, at: 0)
            for beat in 1...3 as ClosedRange<Nanoseconds> {
                sight.note(event: "ping \"x\"", bytes: 1, at: beat * .perSecond)
            }
        }
        let profile = try Self.read(draft)
        #expect(profile.seed == 42)
        #expect(profile.heartbeat?.match == .event("ping \"x\""))
    }

    @Test func anotherHostIsNotAuthorizedByLooking() throws {
        let draft = try Self.draft("https://example.com/events")
        #expect(try !Self.read(draft).target.authorized)
        #expect(draft.text.contains("authorized: false"))
    }
}
