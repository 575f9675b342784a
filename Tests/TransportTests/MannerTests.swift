import EventLoop
import Glibc
import TestTurns
import Testing
import Transport
import Vocabulary

@Suite(Turn.sideBySide) struct MannerTests {
    private func endOf(_ descriptor: Int32) throws -> IOResult {
        try Pair.wait(descriptor, for: POLLIN)
        var buffer = [UInt8](repeating: 0, count: 4_096)
        return buffer.withUnsafeMutableBytes { Socket.receive(descriptor, into: $0) }
    }

    private func established() throws -> (client: ByteStream, server: ByteStream) {
        var options = TLSClientContext.Options()
        options.verify = false
        let pair = try Pair(tls: TLSClientContext(serverName: "localhost", options: options))
        let server = try ByteStream.accepted(pair.accepted, tls: TLSServerContext(SelfSignedCertificate()))
        let result = try pair.shake(with: server)
        #expect(result.client == .established)
        #expect(result.server == .established)
        return (pair.client, server)
    }

    private func read(_ stream: ByteStream) throws -> StreamResult {
        try Pair.wait(stream.descriptor, for: POLLIN)
        var buffer = [UInt8](repeating: 0, count: 4_096)
        return buffer.withUnsafeMutableBytes { stream.read(into: $0) }
    }

    @Test func finEndsInGoodOrderEvenWithBytesUnread() throws {
        let pair = try Pair()
        _ = [UInt8]("unread".utf8).withUnsafeBytes { Socket.send(pair.accepted, $0) }
        try Pair.wait(pair.client.descriptor, for: POLLIN)
        #expect(try pair.client.drop(.fin))
        #expect(try endOf(pair.accepted) == .end)
        Socket.close(pair.accepted)
    }

    @Test func rstResets() throws {
        let pair = try Pair()
        #expect(try pair.client.drop(.rst))
        #expect(try endOf(pair.accepted) == .failed(SystemError(ECONNRESET)))
        Socket.close(pair.accepted)
    }

    @Test func halfCloseStaysReadable() throws {
        let pair = try Pair()
        #expect(try pair.client.drop(.halfClose) == false)
        #expect(try endOf(pair.accepted) == .end)
        _ = [UInt8]("late".utf8).withUnsafeBytes { Socket.send(pair.accepted, $0) }
        #expect(try read(pair.client) == .bytes(4))
        pair.client.close()
        Socket.close(pair.accepted)
    }

    @Test func stallStaysOpen() throws {
        let pair = try Pair()
        #expect(try pair.client.drop(.stall) == false)
        #expect(Pair.arrived(pair.accepted).isEmpty)
        pair.client.close()
        Socket.close(pair.accepted)
    }

    @Test func vanishSendsNothing() throws {
        let pair = try Pair()
        do {
            #expect(try pair.client.drop(.vanish))
        } catch {
            #expect(error.name == "EPERM")
            return
        }
        var entry = pollfd(fd: pair.accepted, events: Int16(POLLIN), revents: 0)
        #expect(poll(&entry, 1, 100) == 0, "the server must not hear of it")
        // The first packet to the vanished socket is answered by the kernel.
        _ = [UInt8]("x".utf8).withUnsafeBytes { Socket.send(pair.accepted, $0) }
        #expect(try endOf(pair.accepted) == .failed(SystemError(ECONNRESET)))
        Socket.close(pair.accepted)
    }

    @Test func closeNotifyEndsAnEstablishedSession() throws {
        let (client, server) = try established()
        #expect(try client.drop(.closeNotify))
        #expect(try read(server) == .end)
        server.close()
    }

    @Test func finWithoutCloseNotifyEndsAnEstablishedSession() throws {
        let (client, server) = try established()
        #expect(try client.drop(.fin))
        #expect(try read(server) == .end)
        server.close()
    }

    @Test func alertBreaksAnEstablishedSession() throws {
        let (client, server) = try established()
        #expect(try client.drop(.alert))
        guard case .failed(let failure) = try read(server) else {
            Issue.record("the server has not noticed")
            return
        }
        #expect(failure.name == "TLS_SSLV3_ALERT_BAD_RECORD_MAC")
        server.close()
    }

    @Test(arguments: [(Manner.alert, "TLS_TLSV1_ALERT_INTERNAL_ERROR"), (.closeNotify, "TLS_END_IN_HANDSHAKE")])
    func alertsReachAServerWithinTheHandshake(manner: Manner, name: String) throws {
        var options = TLSClientContext.Options()
        options.verify = false
        let pair = try Pair(
            tls: TLSClientContext(serverName: "localhost", options: options),
            stop: .tlsFinishedWithheld
        )
        let server = try ByteStream.accepted(pair.accepted, tls: TLSServerContext(SelfSignedCertificate()))
        #expect(try pair.shake(with: server).client == .stopped)
        #expect(try pair.client.drop(manner))
        try Pair.wait(server.descriptor, for: POLLIN)
        guard case .failed(let failure) = server.handshake() else {
            Issue.record("the server has not noticed")
            return
        }
        #expect(failure.name == name)
        server.close()
    }
}
