import EventLoop
import HTTP
import Probe
import TestTurns
import Testing
import Vocabulary

@testable import HydrotestKit

@Suite(Turn.sideBySide) struct MetricsServerTests {
    private let monitor = RunMonitor(profile: "made", thresholds: [], startedAt: 0)

    private func exchange(_ method: String, _ address: String) throws -> HTTPAnswer {
        let url = try #require(TargetURL(address))
        return try HTTPClient(tls: nil).exchange(
            method: method,
            url: url,
            headers: [HTTPField("Connection", "close")],
            body: [],
            timeout: 20 * .perSecond
        )
    }

    @Test func servesThePageAndNothingElse() throws {
        let server = try MetricsServer(monitor, port: 0)
        defer { server.stop() }
        let page = try exchange("GET", server.address)
        #expect(page.status == 200)
        #expect(String(decoding: page.body, as: UTF8.self).contains("hydrotest_streams_open 0.0\n"))
        #expect(try exchange("GET", server.address + "x").status == 404)
        #expect(try exchange("POST", server.address).status == 405)
        #expect(try exchange("HEAD", server.address).body.isEmpty)
    }

    @Test func aPortThatIsTakenIsNamed() throws {
        let server = try MetricsServer(monitor, port: 0)
        defer { server.stop() }
        let port = try #require(TargetURL(server.address)).port
        #expect(throws: SystemError(98)) { try MetricsServer(monitor, port: port) }
    }

    /// As many silent clients as there is room for do not keep Prometheus out.
    @Test func aCrowdOfSilentClientsIsBounded() throws {
        let server = try MetricsServer(monitor, port: 0)
        defer { server.stop() }
        let url = try #require(TargetURL(server.address))
        let address = try #require(SocketAddress("127.0.0.1", port: url.port))
        var silent: [Int32] = []
        defer { for descriptor in silent { Socket.close(descriptor) } }
        for _ in 0..<MetricsLimits.connections { silent.append(try Socket.connect(to: address)) }
        #expect(try exchange("GET", server.address).status == 200)
    }

    @Test func aRequestPastTheLimitIsRefused() throws {
        let server = try MetricsServer(monitor, port: 0)
        defer { server.stop() }
        let long = String(repeating: "x", count: 2 * MetricsLimits.requestBytes)
        #expect(try exchange("GET", "\(server.address)?\(long)").status == 400)
    }
}
