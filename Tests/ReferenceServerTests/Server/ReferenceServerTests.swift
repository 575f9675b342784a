import EventLoop
import EventStream
import TestTurns
import Testing
import Vocabulary

@testable import ReferenceServer

@Suite(Turn.sideBySide) struct ReferenceServerTests {
    @Test func broadcastReachesPlainAndTLSClients() throws {
        let fixture = try ServerFixture { $0.tlsPort = 0 }
        let (plain, _) = try fixture.stream("?topics=news")
        let (secure, _) = try fixture.stream("?topics=news", tls: true)
        #expect(try fixture.eventually { try fixture.gauge("subscriptions") == 2 })
        let body = String(repeating: "long ", count: 10_000)
        #expect(try fixture.observer.request("POST", "/broadcast?topic=news", body: body).body == "{\"reached\":2}\n")
        try plain.read(until: "data: \(body)\n\n")
        // A piece of this length is more than one TLS record.
        try secure.read(until: "data: \(body)\n\n")
    }

    @Test(arguments: [false, true])
    func heartbeatsArriveAndKeepQuietClients(tls: Bool) throws {
        let fixture = try ServerFixture {
            $0.tlsPort = 0
            $0.heartbeat = 20 * .perMillisecond
            $0.inactivity = 400 * .perMillisecond
        }
        let (client, _) = try fixture.stream(tls: tls)
        // Heartbeats for more than twice the inactivity timeout.
        for _ in 0..<50 { try client.read(until: ": heartbeat\n") }
        #expect(try fixture.gauge("clients") == 1)
        #expect(try fixture.gauge("timers") == 1)
        #expect(try fixture.metric("sse_heartbeats_total") >= 50)
        #expect(try fixture.metric("sse_heartbeat_lateness_seconds_count") >= 50)
    }

    @Test(arguments: RegistryKind.allCases)
    func quietClientIsEndedByInactivity(_ registry: RegistryKind) throws {
        let fixture = try ServerFixture {
            $0.registry = registry
            $0.inactivity = 50 * .perMillisecond
        }
        let (client, _) = try fixture.stream()
        #expect(try client.readToEnd().hasSuffix("0\r\n\r\n"))
        client.close()
        #expect(try fixture.eventually { try fixture.gauge("sockets") == 1 })
        #expect(try fixture.gauge("clients") == 0)
        #expect(try fixture.gauge("timers") == 0)
    }

    @Test(arguments: [Manner.fin, .rst, .halfClose, .closeNotify, .alert], [false, true])
    func dropIsNoticed(_ manner: Manner, tls: Bool) throws {
        guard tls || manner.applies(at: .streaming, tls: false) else { return }
        let fixture = try ServerFixture { $0.tlsPort = 0 }
        let (client, _) = try fixture.stream("?topics=a", tls: tls)
        try client.drop(manner)
        #expect(try fixture.eventually { try fixture.gauge("clients") == 0 })
        #expect(try fixture.gauge("timers") == 0)
        #expect(try fixture.gauge("subscriptions") == 0)
        #expect(try fixture.eventually { try fixture.gauge("sockets") == 1 })
    }

    @Test func slowReaderIsDroppedAtTheQueueLimit() throws {
        let fixture = try ServerFixture()
        let (slow, _) = try fixture.stream("?topics=a")
        let (healthy, _) = try fixture.stream("?topics=b")
        let body = String(repeating: "x", count: ReferenceServerLimits.bodyBytes)
        // More than the kernel's buffers of both ends take besides the queue.
        var rounds = 0
        while try fixture.metric("sse_slow_clients_total") == 0, rounds < 1_000 {
            _ = try fixture.observer.request("POST", "/broadcast?topic=a", body: body)
            rounds += 1
        }
        #expect(try fixture.metric("sse_slow_clients_total") == 1)
        #expect(try fixture.gauge("clients") == 1)
        _ = try fixture.observer.request("POST", "/broadcast?topic=b", body: "still here")
        try healthy.read(until: "still here")
        // What the queue held is lost with the connection.
        let got = try slow.readToEnd().utf8.count
        #expect(got < rounds * body.utf8.count)
    }

    @Test func slowReaderWithinTheLimitGetsEverything() throws {
        let fixture = try ServerFixture { $0.tlsPort = 0 }
        for tls in [false, true] {
            let (client, _) = try fixture.stream("?topics=\(tls)", tls: tls)
            #expect(try fixture.eventually { try fixture.gauge("subscriptions") >= 1 })
            let body = String(repeating: "y", count: 60_000)
            for _ in 0..<3 { _ = try fixture.observer.request("POST", "/broadcast?topic=\(tls)", body: body) }
            for _ in 0..<3 { try client.read(until: "data: \(body)\n\n") }
        }
    }

    @Test func manyStreamsLeaveNothing() throws {
        let fixture = try ServerFixture { $0.heartbeat = 10 * .perMillisecond }
        var streams: [TestClient] = []
        for _ in 0..<500 { streams.append(try fixture.stream("?topics=a,b").client) }
        #expect(try fixture.eventually { try fixture.gauge("subscriptions") == 1_000 })
        #expect(try fixture.gauge("sockets") == 501)
        #expect(try fixture.observer.request("POST", "/broadcast?topic=b", body: "x").body == "{\"reached\":500}\n")
        streams.removeAll()
        #expect(try fixture.eventually { try fixture.gauge("sockets") == 1 })
        #expect(
            try fixture.observer.request("GET", "/debug/state").body
                == ServerFixture.emptyState
        )
    }

    @Test func plaintextOnTheTLSPortIsAFailedHandshake() throws {
        let fixture = try ServerFixture { $0.tlsPort = 0 }
        let secure = try #require(fixture.secure)
        let address = TargetURL(tls: false, host: secure.host, port: secure.port, path: "/")
        let client = try TestClient(address)
        try client.sendRequest("GET", "/healthz")
        _ = try client.readToEnd()
        #expect(try fixture.metric("sse_handshake_failures_total") == 1)
        #expect(try fixture.eventually { try fixture.gauge("sockets") == 1 })
    }

    @Test func stopClosesEverything() throws {
        let fixture = try ServerFixture { $0.tlsPort = 0 }
        let streams = [try fixture.stream(), try fixture.stream(tls: true)]
        fixture.server.stop()
        for stream in streams { _ = try stream.client.readToEnd() }
        #expect(throws: (any Error).self) { try fixture.client() }
        fixture.server.stop()
        #expect(throws: ReferenceServerError.alreadyStarted) { try fixture.server.start() }
    }

    @Test func portInUseIsNamed() throws {
        let fixture = try ServerFixture()
        var options = ReferenceServerOptions()
        options.port = fixture.plain.port
        let second = try ReferenceServer(options)
        #expect(throws: SystemError(98)) { try second.start() }
    }

    @Test func contradictoryOptionsAreRefused() {
        var options = ReferenceServerOptions()
        options.port = nil
        #expect(throws: ReferenceServerError.noPort) { try ReferenceServer(options) }
        options.tlsPort = 0
        options.certificateFile = "certificate.pem"
        #expect(throws: ReferenceServerError.certificateWithoutKey) { try ReferenceServer(options) }
        options.heartbeat = 0
        options.certificateFile = nil
        #expect(throws: ReferenceServerError.zeroDuration) { try ReferenceServer(options) }
    }
}
