import Load
import Record
import ReferenceServer
import RunProfile
import ScriptedServer
import TestTurns
import Testing
import Transport
import Vocabulary

/// Loads whose connections resume the session of the one before.
@Suite(Turn.sideBySide) struct ResumptionTests {
    private static let versions = [TLSClientContext.Version.tls12, .tls13]

    private func oneByOne(_ scenario: Scenario) -> Scenario {
        var scenario = scenario
        scenario.arrival = .keep(1, rate: nil)
        return scenario
    }

    @Test(arguments: versions, [false, true])
    func handshakesThatResumedAreCounted(version: TLSClientContext.Version, resume: Bool) throws {
        let context = try TLSServerContext(SelfSignedCertificate())
        let server = try ScriptedServer { connection in
            try connection.handshake(context)
            try connection.readRequest()
            try connection.write(Made.head + "data: 1\n\n")
            return connection.readToEnd()
        }
        let endpoint = Made.endpoint(server.port, tls: try Made.tls(version, resume: resume))
        let scenario = oneByOne(Made.dropping(6, at: [.firstEvent], [.fin, .rst, .closeNotify]))
        let record = try Made.generator(scenario, endpoint).run()
        #expect(record.connections.dropped == 6)
        #expect(record.latency[.tlsHandshake].count == 6)
        #expect(record.resumedHandshakes == (resume ? 5 : nil))
    }

    /// What the server sees of a dropped connection is the same whether it resumes or not.
    @Test(arguments: versions, [Stage.tlsHelloReceived, .tlsFinishedWithheld, .tlsEstablished])
    func stagesStayExact(version: TLSClientContext.Version, stage: Stage) throws {
        let context = try TLSServerContext(SelfSignedCertificate())
        let server = try ScriptedServer { connection in
            try connection.handshake(context)
            var seen = try ScriptedServer.Seen(connection.read(), ending: "end")
            if !seen.bytes.isEmpty {
                try connection.write(Made.head + "data: 1\n\n")
                seen = connection.readToEnd()
            }
            return seen
        }
        let endpoint = Made.endpoint(server.port, tls: try Made.tls(version, resume: true))
        let scenario = oneByOne(Made.dropping(12, at: [stage, .firstEvent], [.fin]))
        let record = try Made.generator(scenario, endpoint).run()
        #expect(record.errors.isEmpty)
        #expect(record.drops.map(\.stage) == [stage, .firstEvent])
        #expect(record.drops.allSatisfy { $0.count == 6 })
        let endings = server.stop().map(\.ending)
        #expect(endings.count { $0 == "TLS_END_IN_HANDSHAKE" } == (stage < .tlsEstablished ? 6 : 0))
        let established = stage < .tlsEstablished ? 6 : 12
        #expect(record.latency[.tlsHandshake].count == UInt64(established))
        // One that ends at its handshake fetches no TLS 1.3 ticket; which of the two stages comes first is the seed's choice.
        let resumed = try #require(record.resumedHandshakes)
        #expect(stage < .tlsEstablished ? resumed == 5 : (10...11).contains(resumed))
    }

    @Test(arguments: versions)
    func eachWorkerHasItsOwnSession(version: TLSClientContext.Version) throws {
        var options = ReferenceServerOptions()
        options.port = nil
        options.tlsPort = 0
        let server = try ReferenceServer(options)
        let port = try server.start()[0].port
        defer { server.stop() }
        let endpoint = Made.endpoint(port, tls: try Made.tls(version, resume: true))
        var scenario = Made.dropping(60, at: [.firstEvent], [.fin])
        scenario.arrival = .keep(3, rate: nil)
        let record = try Made.generator(scenario, endpoint, workers: 3).run()
        #expect(record.connections.dropped == 60)
        #expect(record.resumedHandshakes == 57)
    }
}
