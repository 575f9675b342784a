import EventLoop
import Load
import Record
import ScriptedServer
import TestTurns
import Testing
import Transport
import Vocabulary

/// Targets of either family, and several of one name.
@Suite(Turn.sideBySide) struct AddressTests {
    @Test(arguments: [false, true], [[], ["::1"]])
    func anIPv6TargetIsReached(tls: Bool, sources: [String]) throws {
        let certificate = try SelfSignedCertificate()
        let context = try TLSServerContext(certificate)
        let server = try ScriptedServer(host: "::1") { connection in
            if tls { try connection.handshake(context) }
            try connection.readRequest()
            try connection.write(Made.head + "data: 1\n\n")
            return connection.readToEnd()
        }
        // The address itself is verified, and no name is sent.
        let client = tls ? try Made.tls(.tls13, trusting: certificate, serverName: "::1") : nil
        let endpoint = Made.endpoint(server.port, hosts: ["::1"], sources: sources, tls: client)
        let record = try Made.generator(Made.dropping(4, at: [.firstEvent], [.fin]), endpoint).run()
        #expect(record.connections.dropped == 4)
        #expect(record.errors.isEmpty)
        #expect(server.stop().count == 4)
    }

    @Test func targetsAreUsedInTurn() throws {
        let targets = Locked<[String: Int]>([:])
        let server = try ScriptedServer(host: "0.0.0.0") { connection in
            let target = try Socket.localAddress(connection.descriptor)
            targets.withLock { $0["\(target)", default: 0] += 1 }
            return nil
        }
        let endpoint = Made.endpoint(server.port, hosts: ["127.0.0.1", "127.0.0.2"])
        let record = try Made.generator(Made.dropping(9, at: [.connected], [.fin]), endpoint, workers: 2).run()
        server.stop()
        #expect(record.connections.dropped == 9)
        #expect(targets.withLock { $0 } == ["127.0.0.1:\(server.port)": 5, "127.0.0.2:\(server.port)": 4])
    }
}
