import EventStream
import TestTurns
import Testing
import Vocabulary

@testable import ReferenceServer

/// The bug and its fix, through real sockets.
@Suite(Turn.sideBySide) struct LeakTests {
    private static let drops = 60

    /// Sends many requests at once and resets every connection once the server has read its request.
    private func dropInTheWindow(_ fixture: ServerFixture, topics: String, tls: Bool) throws {
        var clients: [TestClient] = []
        for _ in 0..<Self.drops { clients.append(try fixture.client(tls: tls)) }
        for client in clients { try client.sendRequest("GET", "/events" + topics) }
        // The timers are started just before the close handlers are registered.
        #expect(try fixture.eventually { try fixture.gauge("timers") == Self.drops })
        for client in clients { try client.drop(.rst) }
        #expect(try fixture.eventually { try fixture.gauge("sockets") == 1 })
    }

    @Test(arguments: [false, true])
    func racyRegistryLeaksForEver(tls: Bool) throws {
        let fixture = try ServerFixture {
            $0.tlsPort = 0
            $0.registry = .racy
            $0.raceWindow = 500 * .perMillisecond
            $0.inactivity = 700 * .perMillisecond
        }
        try dropInTheWindow(fixture, topics: "", tls: tls)
        #expect(try fixture.gauge("timers") == 0)
        #expect(try fixture.eventually { try fixture.gauge("clients") == Self.drops })
        // A healthy client that comes later is removed by its own timer; the leaked ones are still there.
        let (healthy, _) = try fixture.stream()
        _ = try healthy.readToEnd()
        healthy.close()
        #expect(try fixture.gauge("clients") == Self.drops)
    }

    @Test func racyRegistryWithTopicsLeaksUntilABroadcast() throws {
        let fixture = try ServerFixture {
            $0.registry = .racy
            $0.raceWindow = 500 * .perMillisecond
        }
        try dropInTheWindow(fixture, topics: "?topics=quiet", tls: false)
        #expect(try fixture.eventually { try fixture.gauge("subscriptions") == Self.drops })
        #expect(try fixture.gauge("clients") == Self.drops)
        let answer = try fixture.observer.request("POST", "/broadcast?topic=quiet", body: "x")
        #expect(answer.body == "{\"reached\":0}\n")
        #expect(try fixture.gauge("clients") == 0)
        #expect(try fixture.gauge("subscriptions") == 0)
    }

    @Test(arguments: [false, true])
    func fixedRegistryDoesNotLeak(tls: Bool) throws {
        let fixture = try ServerFixture {
            $0.tlsPort = 0
            $0.raceWindow = 500 * .perMillisecond
        }
        try dropInTheWindow(fixture, topics: "?topics=quiet", tls: tls)
        #expect(try fixture.gauge("clients") == 0)
        // One registration after the others shows that their windows are over.
        let (last, _) = try fixture.stream()
        #expect(try fixture.gauge("clients") == 1)
        last.close()
        #expect(try fixture.eventually { try fixture.gauge("sockets") == 1 })
        let state = try fixture.observer.request("GET", "/debug/state").body
        #expect(state == ServerFixture.emptyState)
    }
}
