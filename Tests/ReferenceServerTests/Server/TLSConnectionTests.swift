import Glibc
import TestTurns
import Testing
import Transport
import Vocabulary

@testable import ReferenceServer

/// What clients do to their own TLS connections must not reach those of others.
@Suite(Turn.sideBySide) struct TLSConnectionTests {
    /// Beginnings that no handshake comes of: HTTP, no TLS at all, half a record, an alert, a record too long, a hello
    /// that is none.
    private static let beginnings: [[UInt8]] = [
        Array("GET / HTTP/1.1\r\nHost: x\r\n\r\n".utf8),
        [UInt8](repeating: 0x5A, count: 300),
        [0x16, 3, 1, 2, 0, 1, 0, 1, 0xFC, 3, 3],
        [0x15, 3, 3, 0, 2, 2, 0x30],
        [0x16, 3, 1, 0xFF, 0xFF],
        [0x16, 3, 1, 0, 4, 1, 0, 0, 0],
        [],
    ]

    @Test(arguments: [Manner.fin, .rst])
    func failedHandshakesLeaveTheOthersAlone(manner: Manner) throws {
        let fixture = try ServerFixture { $0.tlsPort = 0 }
        let secure = try #require(fixture.secure)
        let (listener, _) = try fixture.stream("?topics=news", tls: true)
        for (number, beginning) in Self.beginnings.enumerated() {
            // Plain bytes to the TLS port.
            let hostile = try TestClient(TargetURL(tls: false, host: secure.host, port: secure.port, path: "/"))
            try hostile.send(beginning)
            // Within the same turn or a later one, the others go on.
            let (newcomer, _) = try fixture.stream("?topics=news", tls: true)
            try hostile.drop(manner)
            let reached = try fixture.client(tls: true).request("POST", "/broadcast?topic=news", body: "\(number)")
            #expect(reached.body == "{\"reached\":2}\n")
            try listener.read(until: "data: \(number)\n")
            try newcomer.read(until: "data: \(number)\n")
            try newcomer.drop(number.isMultiple(of: 2) ? .closeNotify : .rst)
            #expect(try fixture.eventually { try fixture.gauge("clients") == 1 })
        }
    }

    @Test func aStreamThatFellSilentIsFollowedByAnother() throws {
        let fixture = try ServerFixture {
            $0.tlsPort = 0
            $0.inactivity = 20 * .perMillisecond
        }
        for _ in 0..<20 {
            let (client, _) = try fixture.stream(tls: true)
            // The end of the body, then close_notify and a FIN.
            #expect(try client.readToEnd().hasSuffix("0\r\n\r\n"))
        }
        #expect(try fixture.gauge("clients") == 0)
        #expect(try fixture.metric("sse_handshake_failures_total") == 0)
    }
}
