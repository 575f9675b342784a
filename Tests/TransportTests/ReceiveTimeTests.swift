import EventLoop
import Glibc
import TestTurns
import Testing
import Transport
import Vocabulary

@Suite(Turn.sideBySide) final class ReceiveTimeTests {
    /// Keeps the kernel's stamps on: it begins with them some time after the first socket has asked, and ends with the last.
    private let stamped: Pair

    init() throws {
        stamped = try Pair()
        let deadline = MonotonicClock.now() + 5 * .perSecond
        var received: UInt64 = 0
        var buffer = [UInt8](repeating: 0, count: 16)
        while received == 0, MonotonicClock.now() < deadline {
            _ = Array("x".utf8).withUnsafeBytes { Socket.send(stamped.accepted, $0) }
            try Pair.wait(stamped.client.descriptor, for: POLLIN)
            _ = buffer.withUnsafeMutableBytes { stamped.client.read(into: $0, received: &received) }
        }
        try #require(received > 0, "the kernel does not stamp")
    }

    deinit {
        stamped.client.close()
        Socket.close(stamped.accepted)
    }

    /// Sends, waits, reads: the kernel's moment lies before the wait, however late the read.
    private func check(_ client: ByteStream, send: () -> Void) throws {
        let before = RealtimeClock.now()
        send()
        try Pair.wait(client.descriptor, for: POLLIN)
        let arrived = RealtimeClock.now()
        usleep(30_000)
        var received: UInt64 = 0
        var buffer = [UInt8](repeating: 0, count: 4_096)
        var result = StreamResult.wouldBlock
        while result == .wouldBlock {
            result = buffer.withUnsafeMutableBytes { client.read(into: $0, received: &received) }
        }
        #expect(result == .bytes(5))
        #expect(received >= before)
        #expect(received <= arrived)
    }

    @Test func theKernelTellsWhenPlainBytesCame() throws {
        let pair = try Pair()
        defer {
            pair.client.close()
            Socket.close(pair.accepted)
        }
        try check(pair.client) { _ = Array("hello".utf8).withUnsafeBytes { Socket.send(pair.accepted, $0) } }
    }

    @Test func theKernelTellsWhenEncryptedBytesCame() throws {
        var options = TLSClientContext.Options()
        options.verify = false
        // TLS 1.2, whose server sends nothing after its handshake that could be taken for the bytes.
        options.maximumVersion = .tls12
        let pair = try Pair(tls: TLSClientContext(serverName: "localhost", options: options))
        let server = try ByteStream.accepted(pair.accepted, tls: TLSServerContext(SelfSignedCertificate()))
        defer {
            pair.client.close()
            server.close()
        }
        let result = try pair.shake(with: server)
        #expect(result.server == .established)
        try check(pair.client) { _ = Array("hello".utf8).withUnsafeBytes { server.write($0) } }
    }

    @Test func aRealtimeMomentIsPlacedOnTheMonotonicClock() {
        #expect(MonotonicClock.moment(ofRealtime: 900, now: 50_000, realtimeNow: 1_000) == 49_900)
        #expect(MonotonicClock.moment(ofRealtime: 1_100, now: 50_000, realtimeNow: 1_000) == 50_100)
    }
}
