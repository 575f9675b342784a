import COpenSSL
import EventLoop
import TestTurns
import Testing
import Transport
import Vocabulary

@Suite(Turn.sideBySide) struct TLSSessionTests {
    /// Leaves an error in this thread's queue, as any call of OpenSSL may.
    private func leaveAnError() {
        #expect(BIO_new_file("/nowhere/at/all", "r") == nil)
        #expect(ERR_peek_error() != 0)
    }

    @Test func errorsOfOtherCallsAreNotTheSessions() throws {
        var options = TLSClientContext.Options()
        options.verify = false
        let pair = try Pair(tls: TLSClientContext(serverName: "localhost", options: options))
        let server = try ByteStream.accepted(pair.accepted, tls: TLSServerContext(SelfSignedCertificate()))
        leaveAnError()
        #expect(try pair.shake(with: server).client == .established)
        defer {
            pair.client.close()
            server.close()
        }
        var buffer = [UInt8](repeating: 0, count: 64 << 10)

        leaveAnError()
        #expect(buffer.withUnsafeMutableBytes { server.read(into: $0) } == .wouldBlock)

        leaveAnError()
        var result = StreamResult.bytes(0)
        while case .bytes = result {
            result = buffer.withUnsafeBytes { server.write($0) }
        }
        #expect(result == .wouldBlock)
    }

    /// A pair whose client offers one application protocol, and its server's stream.
    private func pair(offering name: String) throws -> (pair: Pair, server: ByteStream) {
        var options = TLSClientContext.Options()
        options.verify = false
        options.applicationProtocols = [name]
        let pair = try Pair(tls: TLSClientContext(serverName: "localhost", options: options))
        return (pair, try ByteStream.accepted(pair.accepted, tls: TLSServerContext(SelfSignedCertificate())))
    }

    @Test func whatWasNegotiatedIsTold() throws {
        let (pair, server) = try pair(offering: "http/1.1")
        defer {
            pair.client.close()
            server.close()
        }
        #expect(pair.client.tlsVersion == nil)
        #expect(try pair.shake(with: server).client == .established)
        #expect(pair.client.tlsVersion == "TLSv1.3")
        #expect(pair.client.applicationProtocol == "http/1.1")
        #expect(pair.client.receivedAlerts == [])
        server.sendCloseNotify()
        try Pair.wait(pair.client.descriptor, for: 1)
        var buffer = [UInt8](repeating: 0, count: 1024)
        #expect(buffer.withUnsafeMutableBytes { pair.client.read(into: $0) } == .end)
        #expect(pair.client.receivedAlerts == [0])
    }

    @Test func anUnknownApplicationProtocolIsRefusedWithItsAlert() throws {
        let (pair, server) = try pair(offering: "hydrotest")
        defer {
            pair.client.close()
            server.close()
        }
        guard case .failed = try pair.shake(with: server).client else {
            Issue.record("the handshake did not fail")
            return
        }
        #expect(pair.client.receivedAlerts == [120])
    }
}
