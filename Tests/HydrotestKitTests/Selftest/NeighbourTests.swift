import EventLoop
import Probe
import TestTurns
import Testing
import Vocabulary

@testable import HydrotestKit

@Suite(Turn.sideBySide) struct NeighbourTests {
    @Test(arguments: [false, true])
    func itHoldsAStreamUntilItIsStopped(tls: Bool) throws {
        let server = try Server()
        let neighbour = try Neighbour(server.address("/events?topics=neighbours", tls: tls), seed: 1)
        try wait(for: 1, server)
        #expect(neighbour.stop() > 0)
        try wait(for: 0, server)
    }

    /// A server that is not there must not keep it going.
    @Test func itEndsWithItsServer() throws {
        let neighbour = try Neighbour(try Made.url("http://127.0.0.1:1/events"), seed: 1)
        #expect(neighbour.stop() == 0)
    }

    private func wait(for clients: Int, _ server: Server) throws {
        let deadline = MonotonicClock.now() + 10 * .perSecond
        let url = server.address("/debug/state")
        while MonotonicClock.now() < deadline {
            let answer = try HTTPClient(tls: nil).exchange(url: url, timeout: 5 * .perSecond)
            if String(decoding: answer.body, as: UTF8.self).contains("\"clients\":\(clients),") { return }
        }
        Issue.record("there were never \(clients) clients")
    }
}
