import EventLoop
import Glibc
import TestTurns
import Testing
import Transport
import Vocabulary

@Suite(Turn.sideBySide) struct StageTests {
    private func context(_ version: TLSClientContext.Version, verify: Bool = false) throws -> TLSClientContext {
        var options = TLSClientContext.Options()
        options.verify = verify
        options.minimumVersion = version
        options.maximumVersion = version
        return try TLSClientContext(serverName: "localhost", options: options)
    }

    private func server(_ descriptor: Int32) throws -> ByteStream {
        try ByteStream.accepted(descriptor, tls: TLSServerContext(SelfSignedCertificate()))
    }

    /// The length that the header of a TLS record announces, header included.
    private func announcedLength(_ record: [UInt8]) -> Int { 5 + Int(record[3]) << 8 + Int(record[4]) }

    @Test(arguments: [TLSClientContext.Version.tls12, .tls13])
    func helloPartialSendsSomeButNotAllOfTheHello(version: TLSClientContext.Version) throws {
        let pair = try Pair(tls: context(version), stop: .tlsHelloPartial)
        #expect(pair.client.handshake() == .stopped)
        #expect(pair.client.handshake() == .stopped)
        try Pair.wait(pair.accepted, for: POLLIN)
        let bytes = Pair.arrived(pair.accepted)
        #expect(bytes.first == 22)
        #expect(bytes.count > 5)
        #expect(bytes.count < announcedLength(bytes))
        #expect(pair.client.handshakeStage == .tlsHelloPartial)
        pair.client.close()
        Socket.close(pair.accepted)
    }

    @Test(arguments: [TLSClientContext.Version.tls12, .tls13])
    func helloSentSendsTheWholeHelloAndNothingElse(version: TLSClientContext.Version) throws {
        let pair = try Pair(tls: context(version), stop: .tlsHelloSent)
        #expect(pair.client.handshake() == .stopped)
        try Pair.wait(pair.accepted, for: POLLIN)
        let bytes = Pair.arrived(pair.accepted)
        #expect(bytes.count == announcedLength(bytes))
        #expect(bytes[5] == 1)
        pair.client.close()
        Socket.close(pair.accepted)
    }

    @Test(arguments: [TLSClientContext.Version.tls12, .tls13])
    func helloReceivedHasReadTheServerHelloAndSentNoMore(version: TLSClientContext.Version) throws {
        let pair = try Pair(tls: context(version), stop: .tlsHelloReceived)
        let server = try server(pair.accepted)
        let result = try pair.shake(with: server)
        #expect(result.client == .stopped)
        #expect(result.server == .wouldBlock)
        #expect(pair.client.handshakeStage == .tlsHelloReceived)
        #expect(Pair.arrived(pair.accepted).isEmpty)
        pair.client.close()
        server.close()
    }

    @Test(arguments: [TLSClientContext.Version.tls12, .tls13])
    func finishedWithheldHasReadTheServersFlightAndSentNoFinished(version: TLSClientContext.Version) throws {
        let pair = try Pair(tls: context(version), stop: .tlsFinishedWithheld)
        let server = try server(pair.accepted)
        let result = try pair.shake(with: server)
        #expect(result.client == .stopped)
        #expect(result.server == .wouldBlock)
        #expect(Pair.arrived(pair.client.descriptor).isEmpty, "the whole flight must have been read")
        #expect(Pair.arrived(pair.accepted).isEmpty, "nothing may follow the ClientHello")
        pair.client.close()
        server.close()
    }

    @Test(arguments: [TLSClientContext.Version.tls12, .tls13], [Stage.tlsEstablished, .requestSent, .streaming])
    func laterStopsRunTheHandshakeThrough(version: TLSClientContext.Version, stop: Stage) throws {
        let pair = try Pair(tls: context(version), stop: stop)
        let server = try server(pair.accepted)
        let result = try pair.shake(with: server)
        #expect(result.client == .established)
        #expect(result.server == .established)
        #expect(pair.client.handshakeStage == .tlsEstablished)
        pair.client.close()
        server.close()
    }
}
