import COpenSSL
import EventLoop
import Testing
import Transport
import Vocabulary

@Suite struct TLSSessionTests {
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
}
